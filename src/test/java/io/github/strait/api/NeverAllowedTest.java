package io.github.strait.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.Risk;
import io.github.strait.syscall.RiskClass;
import io.github.strait.syscall.Syscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeverAllowedTest {
    @TempDir
    Path folder;

    @Test
    void criticalCallsAreNeverAllowed() {
        for (String name : Syscalls.names()) {
            boolean isCritical = Risk.of(name)
                    .filter(risk -> risk.riskClass() == RiskClass.CRITICAL)
                    .isPresent();
            assertEquals(isCritical, NeverAllowed.CRITICAL.reason(name).isPresent(), name);
            assertEquals(isCritical, NeverAllowed.CRITICAL.names().contains(name), name);
        }
        assertTrue(NeverAllowed.CRITICAL.reason("ptrace").orElseThrow().startsWith("is critical: "));
    }

    @Test
    void theUsersListIsAdded() throws IOException {
        Path list = Files.writeString(folder.resolve("never"), "# for all\n\nmkdir  # none\n  chown\n");
        NeverAllowed never = NeverAllowed.of(list);
        assertEquals(ImmutableSortedSet.of("chown", "mkdir"), never.listed());
        assertEquals(Optional.of("is listed in " + list), never.reason("mkdir"));
        assertTrue(never.reason("bpf").isPresent());
        assertEquals(Optional.empty(), never.reason("read"));
    }

    @Test
    void whatIsNoListIsRefusedWithItsLine() throws IOException {
        Path list = Files.writeString(folder.resolve("never"), "mkdir\nmkdri\n");
        RefusalException refusal = assertThrows(RefusalException.class, () -> NeverAllowed.of(list));
        assertEquals(
                list + ":2: error: 'mkdri' is not the name of a call; write one a line [bad-list]",
                refusal.diagnostic().toString());
        assertThrows(RefusalException.class, () -> NeverAllowed.of(folder.resolve("none")));
    }
}
