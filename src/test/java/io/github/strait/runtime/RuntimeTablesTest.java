package io.github.strait.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.github.strait.argument.Catalogue;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.TableResource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RuntimeTablesTest {
    /** A row for a version that nobody measured, or a measured version without rows, is a slip in a resource. */
    @Test
    void rowsBeginWithVersionsThatWereMeasured() {
        for (RuntimeCall call : RuntimeCall.ALL) {
            RuntimeVersions.of(call.runtime()).ifPresent(known -> known.check(call.from()));
        }
        for (String runtime : List.of("runc", "crun", "lxc", "systemd")) {
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

    /** runc 1.2 was not measured with arguments, and its tgkill and fsconfig are not made by runc 1.1. */
    @Test
    void theValuesOfAllCallsThatProfilesCompareAreKnownOrSaidNotToBe() {
        Set<String> unknown = new TreeSet<>();
        for (RuntimeCall call : RuntimeCall.ALL) {
            Set<String> places = new TreeSet<>();
            Catalogue.places(call.syscall(), Arch.X86_64).forEach(place -> places.add(place.toString()));
            Set<String> known = new TreeSet<>();
            call.arguments().forEach(argument -> known.add(argument.at()));
            if (!places.equals(known)) {
                assertEquals(Set.of(), known, call::toString);
                unknown.add(call.runtime() + " " + call.from() + " " + call.syscall());
            }
        }
        assertEquals(Set.of("runc 1.2 fsconfig", "runc 1.2 tgkill"), unknown);
    }

    @Test
    void everyValueBelongsToACallAndHasANumber() {
        List<List<String>> rows = TableResource.read(RuntimeArgument.class, "runtime-arguments.tsv")
                .rows();
        Set<String> keys = RuntimeCall.ALL.stream().map(RuntimeCall::key).collect(ImmutableSet.toImmutableSet());
        for (List<String> row : rows) {
            assertTrue(keys.contains(String.join(" ", row.subList(0, 5))), row::toString);
            for (String value : TableResource.items(row.get(6))) {
                for (Arch arch : List.of(Arch.X86_64, Arch.AARCH64, Arch.ARM, Arch.RISCV64, Arch.S390X, Arch.PPC64LE)) {
                    Optional<Integer> size = Catalogue.tuple(value, arch).map(List::size);
                    Catalogue.places(row.get(4), arch).stream()
                            .filter(place -> place.toString().equals(row.get(5)))
                            .forEach(place -> assertEquals(Optional.of(place.size()), size, row::toString));
                }
            }
        }
    }

    /** Two versions need what either does; a place that one maker says nothing of is not known. */
    @Test
    void theValuesOfSeveralMakersAreTheUnionOfAllThatAreKnown() {
        ImmutableMap<String, ImmutableMap<String, ImmutableSet<String>>> all =
                RuntimeCalls.of("cri-o", false, false, true).arguments();
        assertEquals(
                ImmutableMap.of("0", ImmutableSet.of("PR_CAPBSET_DROP", "PR_CAP_AMBIENT", "PR_SET_KEEPCAPS")),
                all.get("prctl"));
        assertEquals(
                ImmutableMap.of("2 3", ImmutableSet.of("O_RDONLY 0", "O_RDONLY|O_CLOEXEC 0", "O_WRONLY|O_CLOEXEC 0")),
                all.get("openat"));
        assertEquals(all.get("fcntl"), all.get("fcntl64"), "the same call of another ABI");
        assertFalse(all.containsKey("fsconfig"));
        assertFalse(all.containsKey("capset"), "profiles compare none of its arguments");
        assertEquals(
                ImmutableMap.of(),
                RuntimeCalls.of("crun@1.8", true, false, true).arguments());
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
