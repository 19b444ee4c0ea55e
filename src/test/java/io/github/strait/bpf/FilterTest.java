package io.github.strait.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.Scope;
import io.github.strait.profile.SeccompData;
import io.github.strait.profile.VerdictTable;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.Syscalls;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Filters of known profiles. */
class FilterTest {

    @TestFactory
    Stream<DynamicTest> verdictTables() {
        return VerdictTable.ALL.stream()
                .flatMap(resource -> VerdictTable.read(resource).stream())
                .flatMap(row -> Stream.of(Layout.values())
                        .map(layout -> DynamicTest.dynamicTest(
                                layout + " " + row.place(),
                                () -> assertEquals(
                                        row.expected(),
                                        Emulator.run(
                                                        FilterCompiler.compile(
                                                                row.profile(), layout, Frequencies.UNKNOWN),
                                                        row.data())
                                                .decision()))));
    }

    @Test
    void frequentCallsComeFirst() {
        Profile profile = Profile.builder(Action.ERRNO)
                .architectures(Arch.X86_64)
                .rule(Rule.allow("read", "write", "openat", "close"))
                .build();
        Frequencies frequencies = Frequencies.ofNames(
                Map.of(Arch.X86_64, Map.of("write", 5L, "close", 100L, "openat", 7L, "no_such_call", 9L)));
        Program program = FilterCompiler.compile(profile, Layout.LINEAR, frequencies);
        assertEquals(5, steps(program, "close"));
        assertEquals(6, steps(program, "openat"));
        assertEquals(7, steps(program, "write"));
        assertEquals(8, steps(program, "read"));
        assertEquals(
                (100 * 5 + 7 * 6 + 5 * 7) / 112.0,
                InstructionCount.of(program, frequencies).mean());
    }

    @Test
    void aTreeIsNoDeeperThanItsRangesNeed() {
        Profile profile = Profile.builder(Action.ERRNO)
                .architectures(Arch.X86_64)
                .rule(Rule.builder(Action.ALLOW)
                        .names(SyscallTable.of(Arch.X86_64).numbers().keySet().stream()
                                .filter(name -> name.hashCode() % 2 == 0)
                                .toList())
                        .build())
                .build();
        Program program = FilterCompiler.compile(profile, Layout.TREE, Frequencies.UNKNOWN);
        for (int number = 0; number < 500; number++) {
            int steps =
                    Emulator.run(program, SeccompData.of(Arch.X86_64, number)).steps();
            assertTrue(steps <= 15, number + " takes " + steps);
        }
    }

    @Test
    void theCheaperLayoutIsChosen() {
        Profile few = Profile.builder(Action.ERRNO)
                .architectures(Arch.X86_64)
                .rule(Rule.allow("read", "exit"))
                .build();
        Profile many = Profile.builder(Action.ERRNO)
                .architectures(Arch.X86_64)
                .rule(Rule.builder(Action.ALLOW).names(Syscalls.names()).build())
                .build();
        assertEquals(FilterCompiler.compile(few, Layout.LINEAR, Frequencies.UNKNOWN), FilterCompiler.compile(few));
        assertEquals(FilterCompiler.compile(many, Layout.TREE, Frequencies.UNKNOWN), FilterCompiler.compile(many));
    }

    @ParameterizedTest
    @EnumSource
    void everyCallOfEveryAbiIsFound(Arch arch) {
        Profile profile = Profile.builder(Action.KILL_PROCESS)
                .architectures(arch)
                .rule(Rule.builder(Action.ALLOW).names(Syscalls.names()).build())
                .build();
        Program linear = FilterCompiler.compile(profile, Layout.LINEAR, Frequencies.UNKNOWN);
        Program tree = FilterCompiler.compile(profile, Layout.TREE, Frequencies.UNKNOWN);
        int first = SyscallTable.of(arch).numbers().values().stream()
                .mapToInt(number -> number)
                .min()
                .orElseThrow();
        for (int number = first - 2; number < first + 700; number++) {
            SeccompData call = SeccompData.of(arch, number);
            int expected = profile.decide(call).returnValue();
            assertEquals(expected, Emulator.run(linear, call).value(), call::toString);
            assertEquals(expected, Emulator.run(tree, call).value(), call::toString);
        }
    }

    @Test
    void whatTheKernelWouldRefuseIsRefused() {
        Profile mixed = Profile.builder(Action.ERRNO)
                .architectures(Arch.PPC64, Arch.PPC64LE)
                .build();
        assertEquals(
                "no machine has both byte orders among the architectures of the profile",
                assertThrows(RefusalException.class, () -> FilterCompiler.compile(mixed))
                        .getMessage());
        Profile.Builder large = Profile.builder(Action.ERRNO).architectures(Arch.X86_64);
        for (int i = 0; i < 3000; i++) {
            large.rule(Rule.builder(Action.ALLOW)
                    .name("ioctl")
                    .condition(Condition.of(1, Operator.EQ, i))
                    .build());
        }
        String message = assertThrows(RefusalException.class, () -> FilterCompiler.compile(large.build()))
                .getMessage();
        assertTrue(message.contains("and the kernel takes 4096; drop architectures"), message);
    }

    @Test
    void scopesMustBeResolvedFirst() {
        Scope.Clause onArm =
                new Scope.Clause(ImmutableSortedSet.of(Arch.ARM), ImmutableSortedSet.of(), Optional.empty());
        Profile profile = Profile.builder(Action.ERRNO)
                .architectures(Arch.X86_64)
                .rule(Rule.builder(Action.ALLOW)
                        .name("read")
                        .scope(new Scope(onArm, Scope.Clause.NONE))
                        .build())
                .build();
        assertThrows(IllegalStateException.class, () -> FilterCompiler.compile(profile));
    }

    private static int steps(Program program, String name) {
        int number = SyscallTable.of(Arch.X86_64).number(name).orElseThrow();
        return Emulator.run(program, SeccompData.of(Arch.X86_64, number)).steps();
    }
}
