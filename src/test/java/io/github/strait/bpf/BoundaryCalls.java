package io.github.strait.bpf;

import com.google.common.collect.ImmutableList;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Profile;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** Random calls near the borders that a profile draws: its numbers and theirs neighbours, its values and theirs. */
final class BoundaryCalls {
    private static final ImmutableList<Integer> NUMBERS = ImmutableList.of(
            -1, -2, 0, 1, 600, 0x3fffffff, 0x40000000, 0x40000001, 0x40000027, 0x7fffffff, 0x80000000, 0xf0001);

    private final Random random;
    private final List<Arch> arches;
    private final List<String> names;
    private final List<Long> values;

    BoundaryCalls(Profile profile, Random random) {
        this.random = random;
        // a foreign ABI now and then
        this.arches = new ArrayList<>(profile.architectures());
        arches.addAll(profile.architectures());
        arches.add(one(List.of(Arch.values())));
        this.names =
                profile.rules().stream().flatMap(rule -> rule.names().stream()).toList();
        this.values = profile.rules().stream()
                .flatMap(rule -> rule.conditions().stream())
                .flatMap(condition -> near(condition).boxed())
                .toList();
    }

    /** A condition's value, its neighbours, and what differs from it in one half or one bit. */
    static LongStream near(Condition condition) {
        return LongStream.of(condition.value(), condition.valueTwo())
                .flatMap(value -> LongStream.of(
                        value,
                        value - 1,
                        value + 1,
                        value ^ 1L << 32,
                        value & 0xffffffffL,
                        value & 0xffffffffL | -1L << 32,
                        value | 0xffffffffL,
                        value & -1L << 32,
                        value + (1L << 32),
                        value - (1L << 32),
                        ~value));
    }

    SeccompData next() {
        long[] args = new long[Condition.ARGUMENTS];
        for (int i = 0; i < args.length; i++) {
            args[i] = argument();
        }
        Arch arch = one(arches);
        return SeccompData.of(arch, number(arch), args);
    }

    private int number(Arch arch) {
        int kind = random.nextInt(8);
        if (kind == 0 || names.isEmpty()) {
            return one(NUMBERS);
        }
        if (kind == 1) {
            return random.nextInt();
        }
        SyscallTable table = SyscallTable.of(arch);
        int number = table.number(one(names))
                .orElseGet(() -> one(table.numbers().values().asList()));
        return switch (kind) {
            case 2 -> number + 1;
            case 3 -> number - 1;
            case 4 -> number ^ SeccompData.X32_BIT;
            default -> number;
        };
    }

    private long argument() {
        int kind = random.nextInt(10);
        if (kind == 0) {
            return random.nextLong();
        }
        if (kind == 1 || values.isEmpty()) {
            return random.nextInt(4);
        }
        long value = one(values);
        return kind == 2 ? value ^ 1L << random.nextInt(Long.SIZE) : value;
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
