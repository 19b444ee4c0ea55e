package io.github.strait.bpf;

import com.google.common.collect.HashBasedTable;
import com.google.common.collect.ImmutableTable;
import com.google.common.collect.Table;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.Syscalls;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Random profiles of the size of real ones, and larger. */
final class LargeProfiles {
    private LargeProfiles() {}

    static Arbitrary<Profile> any() {
        return Arbitraries.randomValue(LargeProfiles::profile);
    }

    static Profile profile(Random random) {
        boolean isBigEndian = random.nextInt(4) == 0;
        List<Arch> arches = new ArrayList<>(List.of(Arch.values()));
        arches.removeIf(arch -> arch.isBigEndian() != isBigEndian);
        Collections.shuffle(arches, random);
        List<String> names = new ArrayList<>(Syscalls.names());
        Collections.shuffle(names, random);
        Profile.Builder profile = Profile.builder(Action.ERRNO)
                .defaultErrnoRet(1 + random.nextInt(4095))
                .architectures(arches.subList(0, 1 + random.nextInt(3)));
        int allowed = random.nextInt(400);
        profile.rule(
                Rule.builder(Action.ALLOW).names(names.subList(0, 1 + allowed)).build());
        int conditional = random.nextInt(50);
        for (int i = 0; i < conditional; i++) {
            Rule.Builder rule = Rule.builder(Action.values()[random.nextInt(Action.values().length)])
                    .name(names.get(allowed + random.nextInt(12)));
            int conditions = 1 + random.nextInt(3);
            for (int j = 0; j < conditions; j++) {
                rule.condition(condition(random));
            }
            profile.rule(rule.build());
        }
        return profile.build();
    }

    private static Condition condition(Random random) {
        Operator operator = Operator.values()[random.nextInt(Operator.values().length)];
        long value = random.nextBoolean() ? random.nextInt(100) : random.nextLong();
        return new Condition(
                random.nextInt(Condition.ARGUMENTS), operator, value, operator.takesValueTwo() ? random.nextLong() : 0);
    }

    /** Counts for some of the calls of a profile. */
    static Frequencies frequencies(Profile profile, Random random) {
        Table<Arch, Integer, Long> counts = HashBasedTable.create();
        for (Arch arch : profile.architectures()) {
            for (Rule rule : profile.rules()) {
                for (String name : rule.names()) {
                    if (random.nextInt(3) > 0) {
                        SyscallTable.of(arch)
                                .number(name)
                                .ifPresent(number -> counts.put(arch, number, 1L + random.nextInt(1000)));
                    }
                }
            }
        }
        return new Frequencies(ImmutableTable.copyOf(counts));
    }
}
