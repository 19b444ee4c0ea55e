package io.github.strait.argument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.argument.CatalogueRow.Kind;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Syscalls;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The catalogue's rows are numbers on every ABI where they count, and look only at what the kernel reads. */
class CatalogueTest {
    @ParameterizedTest
    @EnumSource(Arch.class)
    void looksOnlyAtBitsThatTheKernelReads(Arch arch) {
        for (String call : Catalogue.calls()) {
            for (CatalogueRow row : Catalogue.of(call, arch)) {
                long read = row.place().mask();
                assertEquals(row.forbidden(), row.forbidden() & read, row.toString());
                if (row.kind() == Kind.CREAT || row.kind() == Kind.SUBSET) {
                    assertEquals(row.mask(), row.mask() & read, row.toString());
                }
                for (ValueGroup group : row.groups()) {
                    for (ValuePattern pattern : patterns(group)) {
                        assertEquals(row.place().size(), pattern.sets().size(), row + " " + group);
                        assertTrue(
                                pattern.sets().stream()
                                        .flatMap(ImmutableSortedSet::stream)
                                        .allMatch(value -> value == (value & read)),
                                row + " " + group);
                    }
                }
            }
        }
    }

    private static ImmutableList<ValuePattern> patterns(ValueGroup group) {
        return ImmutableList.<ValuePattern>builder()
                .addAll(group.openers())
                .add(group.members())
                .build();
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void aGroupIsSmall(Arch arch) {
        for (String call : Catalogue.calls()) {
            for (CatalogueRow row : Catalogue.of(call, arch)) {
                for (ValueGroup group : row.groups()) {
                    assertTrue(group.members().sets().stream().allMatch(set -> set.size() <= 78), row + " " + group);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void theSafeRowsAreAllRowsButTheStrictOnes(Arch arch) {
        for (String call : Catalogue.calls()) {
            assertEquals(
                    Catalogue.of(call, arch).stream()
                            .filter(row -> row.tier() == Tier.SAFE)
                            .toList(),
                    Catalogue.of(call, arch, Tier.SAFE));
        }
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void everyRegisterOfACallHasOneWidth(Arch arch) {
        for (String call : Catalogue.calls()) {
            Set<Integer> registers = new HashSet<>();
            for (Place place : Catalogue.places(call, arch)) {
                for (int register : place.registers()) {
                    assertTrue(registers.add(register), call + " has two places with argument " + register);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void everyRowHasAGroupOfEachNameAndSomethingToSay(Arch arch) {
        for (String call : Catalogue.calls()) {
            assertTrue(Syscalls.names().contains(call), call);
            for (CatalogueRow row : Catalogue.of(call, arch)) {
                assertFalse(row.power().isEmpty(), call);
                boolean isOpen = row.groups().stream()
                        .allMatch(group -> group.isBase()
                                || group.isOfInet()
                                || !group.openers().isEmpty());
                assertTrue(isOpen, row.toString());
            }
        }
    }

    @Test
    void findsTheFlagsOfCloneInEachAbisRegister() {
        assertEquals(
                List.of(0), Catalogue.of("clone", Arch.X86_64).get(0).place().registers());
        assertEquals(
                List.of(1), Catalogue.of("clone", Arch.S390X).get(0).place().registers());
        assertEquals(0x7e020000L, Catalogue.of("clone", Arch.X86_64).get(0).forbidden());
        assertTrue(Catalogue.of("clone3", Arch.X86_64).get(0).place().isMemory());
        assertEquals("flags", Catalogue.of("clone3", Arch.X86_64).get(0).place().toString());
    }

    @Test
    void cutsValuesToWhatTheKernelReads() {
        ImmutableSet<Place> socket = Catalogue.places("socket", Arch.X86_64);
        assertEquals("[0 1 2]", socket.toString());
        assertEquals(2, socket.asList().get(0).cut(0x12345678_00000002L));
        Place mode = Catalogue.places("fchmod", Arch.X86_64).asList().get(0);
        assertEquals(0x9ff, mode.cut(0x7fff_ffff_09ffL));
        Place limits = Catalogue.places("prlimit64", Arch.X86_64).asList().get(0);
        assertEquals(0, limits.cut(0));
        assertEquals(1, limits.cut(0x7ffc_0000_0000L));
    }

    @Test
    void opensGroupsByAMember() {
        CatalogueRow socket = Catalogue.of("socket", Arch.X86_64).get(0);
        ValueGroup route = socket.groups().stream()
                .filter(group -> group.name().equals("route"))
                .findFirst()
                .orElseThrow();
        assertTrue(route.isOpenedBy(List.of(10L, 1L, 0L)));
        assertFalse(route.isOpenedBy(List.of(16L, 3L, 0L)));
        assertTrue(route.members().matches(List.of(16L, 3L, 0L)));
        assertFalse(route.members().matches(List.of(16L, 3L, 12L)));
    }
}
