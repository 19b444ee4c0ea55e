package io.github.strait.bpf;

import io.github.strait.profile.Condition;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Compares two filters of one profile where they can differ: at all numbers, and around all values. */
final class Differences {
    private Differences() {}

    /** The calls to which they give different answers. */
    static List<SeccompData> between(Program ours, Program theirs, Profile profile) {
        return calls(profile)
                .filter(call -> Emulator.run(ours, call).value()
                        != Emulator.run(theirs, call).value())
                .toList();
    }

    /** Every number of every ABI of the profile and around it, and its conditional calls with values at the borders. */
    static Stream<SeccompData> calls(Profile profile) {
        return Stream.concat(
                Stream.of(Arch.values())
                        .flatMap(arch -> numbers(arch).mapToObj(number -> SeccompData.of(arch, number))),
                conditional(profile));
    }

    /** The conditional calls of a profile, with values at the borders of its conditions. */
    static Stream<SeccompData> conditional(Profile profile) {
        return profile.architectures().stream().flatMap(arch -> conditional(arch, profile));
    }

    /** The first call with conditions to which a filter does not answer as the reference does. */
    static Optional<SeccompData> first(Program filter, Profile profile) {
        return conditional(profile)
                .filter(call -> Emulator.run(filter, call).value()
                        != profile.decide(call).returnValue())
                .findFirst();
    }

    private static IntStream numbers(Arch arch) {
        SyscallTable table = SyscallTable.of(arch);
        int first = table.numbers().values().stream()
                .mapToInt(Integer::intValue)
                .min()
                .orElseThrow();
        return Stream.of(
                        IntStream.rangeClosed(0, 600),
                        IntStream.rangeClosed(first - 2, first + 600),
                        IntStream.rangeClosed(SeccompData.X32_BIT, SeccompData.X32_BIT + 600),
                        IntStream.rangeClosed(0xf0000, 0xf0007),
                        IntStream.of(-1, -2, 0x3fffffff, 0x7fffffff, 0x80000000))
                .flatMapToInt(range -> range)
                .distinct();
    }

    private static Stream<SeccompData> conditional(Arch arch, Profile profile) {
        SyscallTable table = SyscallTable.of(arch);
        TreeSet<String> names = new TreeSet<>();
        profile.rules().stream().filter(Rule::isConditional).forEach(rule -> names.addAll(rule.names()));
        return names.stream().filter(table::contains).flatMap(name -> {
            int number = table.number(name).orElseThrow();
            return arguments(profile, name).map(args -> SeccompData.of(arch, number, args));
        });
    }

    /** What satisfies a rule, with one argument after the other moved across each border of the call. */
    private static Stream<long[]> arguments(Profile profile, String name) {
        List<Rule> rules = profile.rules().stream()
                .filter(rule -> rule.names().contains(name))
                .toList();
        List<long[]> all = new ArrayList<>();
        for (Rule rule : rules) {
            long[] base = new long[Condition.ARGUMENTS];
            rule.conditions()
                    .forEach(condition -> base[condition.index()] =
                            condition.operator().takesValueTwo() ? condition.valueTwo() : condition.value());
            all.add(base);
            for (int index = 0; index < base.length; index++) {
                for (long value : borders(rules, index).toArray()) {
                    long[] moved = base.clone();
                    moved[index] = value;
                    all.add(moved);
                }
            }
        }
        return all.stream();
    }

    private static LongStream borders(List<Rule> rules, int index) {
        return rules.stream()
                .flatMap(rule -> rule.conditions().stream())
                .filter(condition -> condition.index() == index)
                .flatMapToLong(BoundaryCalls::near)
                .distinct();
    }
}
