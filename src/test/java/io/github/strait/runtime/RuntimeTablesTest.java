package io.github.strait.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuntimeTablesTest {
    /** A row for a version that nobody measured, or a measured version without rows, is a slip in a resource. */
    @Test
    void rowsBeginWithVersionsThatWereMeasured() {
        for (RuntimeCall call : RuntimeCall.ALL) {
            RuntimeVersions.of(call.runtime()).ifPresent(known -> known.check(call.from()));
        }
        for (String runtime : List.of("runc", "crun")) {
            assertEquals(
                    RuntimeCall.ALL.stream()
                            .filter(call -> call.runtime().equals(runtime))
                            .map(RuntimeCall::from)
                            .min(Comparator.naturalOrder()),
                    RuntimeVersions.of(runtime).map(known -> known.measured().get(0)));
        }
    }

    @Test
    void everyRowNamesACallThatExistsAndSaysWhy() {
        SyscallTable x86 = SyscallTable.of(Arch.X86_64);
        for (RuntimeCall call : RuntimeCall.ALL) {
            assertTrue(x86.contains(call.syscall()), call::toString);
            assertNotEquals("?", call.why(), call::toString);
        }
        List<String> keys = RuntimeCall.ALL.stream()
                .map(call -> call.runtime() + call.from() + call.noNewPrivileges() + call.mode() + call.syscall())
                .toList();
        assertEquals(keys.stream().distinct().toList(), keys, "no row twice");
    }

    @Test
    void everyNameLeadsToRows() {
        Set<String> makers = RuntimeCall.ALL.stream().map(RuntimeCall::runtime).collect(ImmutableSet.toImmutableSet());
        for (RuntimeName name : RuntimeName.ALL) {
            assertTrue(name.runtime().isEmpty() || makers.contains(name.runtime()), name::toString);
            assertTrue(makers.containsAll(name.inits()), name::toString);
        }
    }
}
