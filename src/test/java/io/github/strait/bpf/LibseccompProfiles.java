package io.github.strait.bpf;

import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import io.github.strait.syscall.Multiplexer;
import io.github.strait.syscall.Syscalls;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Random profiles that libseccomp and the reference must agree on: names that it has known for long, one action for all
 * conditional rules of a call, since where such rules overlap it promises no order, and no range, see {@link #ranges}.
 */
final class LibseccompProfiles {
    private static final KernelVersion OLD = KernelVersion.parse("5.4");
    private static final List<String> NAMES = names();
    private static final List<Operator> EXACT = List.of(Operator.EQ, Operator.MASKED_EQ);
    private static final List<Operator> RANGES = List.of(Operator.LT, Operator.LE, Operator.GE, Operator.GT);

    private LibseccompProfiles() {}

    static Profile exact(Random random) {
        boolean isAllowlist = random.nextInt(4) > 0;
        Profile.Builder profile = profile(random, isAllowlist);
        List<String> names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        int plain = random.nextInt(150);
        Action usual = isAllowlist ? Action.ALLOW : Action.ERRNO;
        profile.rule(Rule.builder(usual).names(names.subList(0, 1 + plain)).build());
        profile.rule(Rule.builder(Action.ERRNO)
                .errnoRet(38)
                .names(names.subList(1 + plain, 5 + plain))
                .build());
        int conditional = random.nextInt(25);
        for (int i = 0; i < conditional; i++) {
            Rule.Builder rule = Rule.builder(usual).name(names.get(5 + plain + random.nextInt(6)));
            int conditions = 1 + random.nextInt(3);
            for (int j = 0; j < conditions; j++) {
                rule.condition(condition(random));
            }
            profile.rule(rule.build());
        }
        return profile.build();
    }

    /** Every pair of ranges of one argument, with few values around the border of the halves. */
    static List<Profile> ranges() {
        List<Condition> ranges = new ArrayList<>();
        for (Operator operator : RANGES) {
            for (long value : new long[] {1, 1L << 32, (1L << 32) + 1}) {
                ranges.add(Condition.of(0, operator, value));
            }
        }
        List<Profile> pairs = new ArrayList<>();
        for (Condition first : ranges) {
            for (Condition second : ranges) {
                pairs.add(Profile.builder(Action.ERRNO)
                        .architectures(Arch.X86_64)
                        .rule(read(first))
                        .rule(read(second))
                        .build());
            }
        }
        return pairs;
    }

    /**
     * Three to six rules for one call, each with one or two conditions, most of them ranges, around the border of the halves.
     * None has NE: with it and two arguments 2.5.4 now and then adds rules for ever.
     */
    static Profile rangeSet(Random random) {
        Profile.Builder profile = Profile.builder(Action.ERRNO).architectures(Arch.X86_64);
        int rules = 3 + random.nextInt(4);
        for (int i = 0; i < rules; i++) {
            Rule.Builder rule = Rule.builder(Action.ALLOW).name("read");
            int first = random.nextInt(2);
            rule.condition(Condition.of(first, mostlyRange(random), border(random)));
            if (random.nextInt(3) == 0) {
                rule.condition(Condition.of(1 - first, mostlyRange(random), border(random)));
            }
            profile.rule(rule.build());
        }
        return profile.build();
    }

    private static Operator mostlyRange(Random random) {
        return random.nextInt(5) == 0 ? Operator.EQ : RANGES.get(random.nextInt(RANGES.size()));
    }

    private static long border(Random random) {
        long[] values = {1, 5, 0xffffffffL, 1L << 32, (1L << 32) + 1, (1L << 32) + 5, 2L << 32, -1};
        return values[random.nextInt(values.length)];
    }

    private static Rule read(Condition condition) {
        return Rule.builder(Action.ALLOW).name("read").condition(condition).build();
    }

    private static Profile.Builder profile(Random random, boolean isAllowlist) {
        boolean isBigEndian = random.nextInt(3) == 0;
        List<Arch> arches = new ArrayList<>(List.of(Arch.values()));
        arches.removeIf(arch -> arch.isBigEndian() != isBigEndian || arch == Arch.LOONGARCH64);
        Collections.shuffle(arches, random);
        return Profile.builder(isAllowlist ? Action.ERRNO : Action.ALLOW)
                .architectures(arches.subList(0, 1 + random.nextInt(3)));
    }

    private static Condition condition(Random random) {
        Operator operator = EXACT.get(random.nextInt(EXACT.size()));
        long[] values = {random.nextInt(8), random.nextLong(), 0xffffffffL, -1, 0x7e020000, random.nextInt()};
        long value = values[random.nextInt(values.length)];
        long two = values[random.nextInt(values.length)];
        return new Condition(random.nextInt(Condition.ARGUMENTS), operator, value, operator.takesValueTwo() ? two : 0);
    }

    private static List<String> names() {
        return Syscalls.names().stream()
                .filter(name -> Syscalls.since(name)
                        .filter(since -> since.compareTo(OLD) <= 0)
                        .isPresent())
                // with a rule of its own for the multiplexer, an overlap of two actions would be possible
                .filter(name -> Multiplexer.subcalls(name).isEmpty())
                // 2.5.4 gives it the number of switch_endian
                .filter(name -> !name.equals("sys_debug_setcontext"))
                .toList();
    }
}
