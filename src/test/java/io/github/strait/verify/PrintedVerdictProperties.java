package io.github.strait.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import io.github.strait.argument.PrintedArguments;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever a register holds beside what strace prints of it, the kernel's answer is one of those that are foreseen. */
class PrintedVerdictProperties {
    private static final int ARGUMENTS = 3;
    private static final long LOW = 0xffffffffL;

    @Property(tries = 500)
    void theTruthIsAmongTheAnswers(@ForAll long seed) {
        Random random = new Random(seed);
        Arch arch = random.nextInt(4) == 0 ? Arch.X86 : random.nextBoolean() ? Arch.X86_64 : Arch.S390X;
        Profile profile = profile(arch, random);
        Filter filter = Filter.of(profile, arch);
        int number = SyscallTable.of(arch).number("socket").orElseThrow();
        for (int i = 0; i < 20; i++) {
            long[] registers = new long[Condition.ARGUMENTS];
            List<String> texts = new ArrayList<>();
            for (int j = 0; j < ARGUMENTS; j++) {
                registers[j] = value(random) & (arch.pointerBits() == Integer.SIZE ? LOW : -1L);
                texts.add(printed(registers[j], random));
            }
            ImmutableSet<Decision> answers =
                    filter.answers(arch, number, PrintedArguments.registers(arch, "socket", texts));
            Decision truth = profile.decide(SeccompData.of(arch, number, registers));
            assertTrue(answers.contains(truth), () -> texts + " in " + profile + ": " + answers + ", not " + truth);
        }
    }

    /** And no answer is foreseen that no completion gives, where one argument is looked at once. */
    @Property(tries = 200)
    void oneConditionIsDecidedExactly(@ForAll long seed) {
        Random random = new Random(seed);
        Condition condition = condition(random);
        Profile profile = Profile.builder(Action.ERRNO)
                .architectures(Arch.X86_64)
                .rule(Rule.builder(Action.ALLOW)
                        .name("socket")
                        .condition(condition)
                        .build())
                .build();
        long value = value(random) & LOW;
        List<String> texts = List.of("0", "0", "0");
        List<String> printed = new ArrayList<>(texts);
        printed.set(condition.index() % ARGUMENTS, String.valueOf((int) value));
        Set<Decision> possible = new HashSet<>();
        long mask = condition.value() >>> Integer.SIZE;
        for (long high :
                new long[] {0, 1, mask, ~mask & LOW, LOW, condition.valueTwo() >>> Integer.SIZE, mask + 1, mask - 1}) {
            long[] registers = new long[Condition.ARGUMENTS];
            registers[condition.index()] = value | high << Integer.SIZE;
            possible.add(profile.decide(SeccompData.of(Arch.X86_64, 41, registers)));
        }
        assertEquals(
                possible,
                Filter.of(profile, Arch.X86_64)
                        .answers(Arch.X86_64, 41, PrintedArguments.registers(Arch.X86_64, "socket", printed)));
    }

    private static Profile profile(Arch arch, Random random) {
        Profile.Builder profile = Profile.builder(Action.ERRNO).architectures(arch);
        for (int i = random.nextInt(4); i >= 0; i--) {
            Rule.Builder rule = Rule.builder(Action.ALLOW).name("socket");
            Set<Integer> indexes = new HashSet<>();
            for (int j = random.nextInt(3); j >= 0; j--) {
                Condition condition = condition(random);
                if (indexes.add(condition.index())) {
                    rule.condition(condition);
                }
            }
            profile.rule(rule.build());
        }
        return profile.build();
    }

    private static Condition condition(Random random) {
        Operator operator = Operator.values()[random.nextInt(Operator.values().length)];
        int index = random.nextInt(ARGUMENTS);
        return operator == Operator.MASKED_EQ
                ? Condition.maskedEqual(index, value(random) | 1, value(random))
                : Condition.of(index, operator, value(random));
    }

    private static long value(Random random) {
        long low = new long[] {0, 1, 2, 3, 40, 0x7fffffffL, 0x80000000L, LOW}[random.nextInt(8)];
        long high = new long[] {0, 0, 0, 1, LOW, 0x80000000L}[random.nextInt(6)];
        return high << Integer.SIZE | low;
    }

    /** As an int, or, as {@code -e raw} does, in full. */
    private static String printed(long register, Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> String.valueOf((int) register);
            case 1 -> "0x" + Integer.toHexString((int) register) + " /* AF_WHATEVER */";
            case 2 -> Integer.toUnsignedString((int) register);
            case 3 -> "0x" + Long.toHexString(register);
            default -> "";
        };
    }

    @Property(tries = 20)
    void aDenialIsForeseenAsOne(@ForAll long seed) {
        Random random = new Random(seed);
        Profile profile =
                Profile.builder(Action.ERRNO).architectures(Arch.X86_64).build();
        assertEquals(
                ImmutableSet.of(Decision.of(Action.ERRNO, OptionalInt.of(1))),
                Filter.of(profile, Arch.X86_64)
                        .answers(
                                Arch.X86_64,
                                41,
                                PrintedArguments.registers(
                                        Arch.X86_64, "socket", List.of(printed(value(random), random)))));
    }
}
