package io.github.strait.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.argument.Argument;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.Place;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.ArgumentSum;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.ArgumentValues;
import io.github.strait.observation.Sighting;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Calls of which only the values at the places of the catalogue are kept. */
class ObservedValuesProperties {
    private static final SourcePosition FIRST = new SourcePosition("a", 1);
    private static final List<String> CALLS = List.of("prlimit64", "socket", "mknod", "mmap", "chmod", "mprotect");

    /** No more calls are gaps than the filter denies, and no more are allowed than it allows, whatever the rest holds. */
    @Property(tries = 1000)
    void whatIsDecidedIsTrue(@ForAll long seed) {
        Random random = new Random(seed);
        String name = CALLS.get(random.nextInt(CALLS.size()));
        Arch arch = random.nextInt(4) == 0 ? Arch.AARCH64 : Arch.X86_64;
        Profile profile = profile(name, arch, random);
        if (SyscallTable.of(arch).number(name).isEmpty()) {
            return;
        }
        int number = SyscallTable.of(arch).number(name).getAsInt();
        List<long[]> calls = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            calls.add(random.longs(Argument.COUNT).map(each -> value(random)).toArray());
        }
        long denied = calls.stream()
                .filter(registers ->
                        profile.decide(SeccompData.of(arch, number, registers)).action() == Action.ERRNO)
                .count();
        List<Verdict> verdicts = verdicts(profile, arch, name, observation(arch, name, calls, random));
        assertEquals(calls.size(), sum(verdicts, Verdict.Kind.values()));
        String what = profile + " " + verdicts;
        assertTrue(sum(verdicts, Verdict.Kind.GAP) <= denied, what);
        assertTrue(sum(verdicts, Verdict.Kind.ALLOWED) <= calls.size() - denied, what);
        for (Verdict verdict : verdicts) {
            assertEquals(verdict.kind() == Verdict.Kind.UNDECIDED, verdict.doubt() != Doubt.NONE, what);
        }
    }

    /** Which values of one place come with which of another is not known: a gap is one with all of them. */
    @Test
    void placesAreNotJoint() {
        Profile both = Profile.builder(Action.ERRNO)
                .architectures(Arch.X86_64)
                .rule(rule("prlimit64", Condition.maskedEqual(0, 0xffffffffL, 0), Condition.of(2, Operator.EQ, 0)))
                .build();
        assertEquals("[1 ALLOWED _, _, NULL]", shown(both, List.of(new long[] {0, 0, 0})));
        assertEquals("[1 ALLOWED 0x0, 1 GAP 0x7]", shown(both, List.of(new long[] {0, 0, 0}, new long[] {7, 0, 0})));
        assertEquals("[1 GAP 0x7, 1 UNDECIDED NOT_KEPT 0x0]", shown(both, List.of(new long[] {0, 0, 9}, new long[] {
            7, 0, 0
        })));
    }

    @Test
    void whatIsNotKnownStaysUndecided() {
        Profile profile = Profile.builder(Action.ERRNO)
                .architectures(Arch.X86_64)
                .rule(rule("socket", Condition.maskedEqual(0, 0xffffffffL, 2)))
                .build();
        ArgumentSum sum = new ArgumentSum();
        sum.add(ArgumentTuple.of(2L, 1L, 0L), new Sighting(2, FIRST));
        sum.add(ArgumentTuple.of(1L, 1L, 0L), new Sighting(1, FIRST));
        sum.addUnknown(2, FIRST);
        SyscallObservation seen = counted(5).with(Map.of("0 1 2", sum.total()));
        assertEquals(
                "[1 GAP 0x1, 0x1, 0x0, 2 ALLOWED 0x2, 0x1, 0x0, 2 UNDECIDED NOT_SHOWN ]",
                shown(profile, "socket", seen));
        SyscallObservation more = counted(5).with(Map.of("0 1 2", ArgumentValues.MORE));
        assertEquals("[5 UNDECIDED MORE_VALUES ]", shown(profile, "socket", more));
        assertEquals("[5 UNDECIDED NOT_SHOWN ]", shown(profile, "socket", counted(5)));
        Profile other = Profile.builder(Action.ERRNO)
                .architectures(Arch.X86_64)
                .rule(rule("read", Condition.of(0, Operator.EQ, 2)))
                .build();
        assertEquals("[5 UNDECIDED NOT_KEPT ]", shown(other, "read", counted(5)));
    }

    private static String shown(Profile profile, List<long[]> calls) {
        return shown(profile, "prlimit64", observation(Arch.X86_64, "prlimit64", calls, new Random(1) {
            @Override
            public int nextInt(int bound) {
                return 1;
            }
        }));
    }

    private static String shown(Profile profile, String name, SyscallObservation call) {
        return verdicts(profile, Arch.X86_64, name, call).stream()
                .map(verdict -> verdict.count() + " " + verdict.kind() + " "
                        + (verdict.doubt() == Doubt.NONE ? "" : verdict.doubt() + " ") + verdict.arguments())
                .sorted()
                .toList()
                .toString();
    }

    private static List<Verdict> verdicts(Profile profile, Arch arch, String name, SyscallObservation call) {
        int number = SyscallTable.of(arch).number(name).orElseThrow();
        return new ObservedValues(Filter.of(profile, arch), arch, name, number, call).verdicts();
    }

    private static long sum(List<Verdict> verdicts, Verdict.Kind... kinds) {
        return verdicts.stream()
                .filter(verdict -> List.of(kinds).contains(verdict.kind()))
                .mapToLong(Verdict::count)
                .sum();
    }

    /** What the kernel reads of the calls; of some nothing was shown. */
    private static SyscallObservation observation(Arch arch, String name, List<long[]> calls, Random random) {
        Map<String, ArgumentValues> places = new TreeMap<>();
        for (Place place : Catalogue.places(name, arch)) {
            ArgumentSum sum = new ArgumentSum();
            long known = 0;
            for (long[] registers : calls) {
                if (random.nextInt(8) == 0) {
                    sum.addUnknown(1, FIRST);
                } else {
                    known++;
                    sum.add(tuple(place, registers), new Sighting(1, FIRST));
                }
            }
            if (known > 0) {
                places.put(place.toString(), sum.total());
            }
        }
        return counted(calls.size()).with(places);
    }

    private static ArgumentTuple tuple(Place place, long[] registers) {
        return ArgumentTuple.of(place.registers().stream()
                .map(register -> place.cut(registers[register]))
                .toArray(Long[]::new));
    }

    private static SyscallObservation counted(long count) {
        return new SyscallObservation(
                count,
                count,
                0,
                ImmutableSortedMap.of(),
                FIRST,
                ImmutableSortedSet.of("/bin/a"),
                false,
                ImmutableSortedSet.of());
    }

    private static Profile profile(String name, Arch arch, Random random) {
        Profile.Builder profile = Profile.builder(Action.ERRNO).architectures(arch);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int first = random.nextInt(3);
            Condition condition = condition(first, random);
            profile.rule(
                    random.nextBoolean()
                            ? rule(name, condition)
                            : rule(name, condition, condition((first + 1 + random.nextInt(2)) % 3, random)));
        }
        return profile.build();
    }

    private static Rule rule(String name, Condition... conditions) {
        return Rule.builder(Action.ALLOW)
                .name(name)
                .conditions(List.of(conditions))
                .build();
    }

    private static Condition condition(int index, Random random) {
        long mask = new long[] {0xffffffffL, 0xffff, 0xf, 1, -1, 0x1ffffffffL}[random.nextInt(6)];
        return random.nextInt(3) > 0
                ? Condition.maskedEqual(index, mask, value(random) & mask)
                : Condition.of(index, Operator.values()[random.nextInt(6)], value(random));
    }

    private static long value(Random random) {
        return new long[] {0, 0, 1, 1, 2, 3, 7, 0x10000, 0x10001, 0x100000000L, -1, 0xffffffffL}[random.nextInt(12)];
    }
}
