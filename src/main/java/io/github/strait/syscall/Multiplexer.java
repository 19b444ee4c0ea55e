package io.github.strait.syscall;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Optional;

/**
 * The two calls that stand for many: {@code socketcall} and {@code ipc} take the sub-call's number as an argument. A
 * filter sees one number for all of them, but strace prints the sub-call's name. The sub-calls are those of
 * {@code linux/net.h} and {@code linux/ipc.h}; glibc chooses for each ABI whether to use them
 * ({@code __ASSUME_*_SYSCALL} in its kernel-features.h).
 */
public final class Multiplexer {
    private static final int IPC_GROUP = 4;

    private static final TableResource TABLE = TableResource.read(Multiplexer.class, "multiplexers.tsv");
    private static final ImmutableMap<String, ImmutableSet<String>> SUBCALLS = TABLE.index(Multiplexer::subcalls);
    private static final ImmutableMap<String, ImmutableSet<Arch>> LIBC = TABLE.index(Multiplexer::libc);

    private Multiplexer() {}

    /** {@code socketcall} or {@code ipc}, when it can stand for this sub-call and the ABI has it. */
    public static Optional<String> of(String subcall, Arch arch) {
        for (String multiplexer : SUBCALLS.keySet()) {
            if (subcalls(multiplexer).contains(subcall) && SyscallTable.of(arch).contains(multiplexer)) {
                return Optional.of(multiplexer);
            }
        }
        return Optional.empty();
    }

    /** The names that a multiplexer stands for, in the order of their sub-numbers; empty for any other call. */
    public static ImmutableSet<String> subcalls(String multiplexer) {
        return SUBCALLS.getOrDefault(multiplexer, ImmutableSet.of());
    }

    /**
     * The number that a multiplexer takes as its first argument for a sub-call, from 1; those of {@code linux/ipc.h} come in
     * groups, four from 1, four from 11, four from 21.
     *
     * @param subcall one of {@link #subcalls}
     */
    public static int number(String multiplexer, String subcall) {
        int index = subcalls(multiplexer).asList().indexOf(subcall);
        Preconditions.checkArgument(index >= 0, "%s is not a sub-call of %s", subcall, multiplexer);
        return multiplexer.equals("ipc") ? index / IPC_GROUP * 10 + index % IPC_GROUP + 1 : index + 1;
    }

    /** The sub-call of a number; empty where the multiplexer has none. */
    public static Optional<String> subcall(String multiplexer, long number) {
        for (String subcall : subcalls(multiplexer)) {
            if (number(multiplexer, subcall) == number) {
                return Optional.of(subcall);
            }
        }
        return Optional.empty();
    }

    /** Whether glibc on this ABI makes these calls through the multiplexer by default. */
    public static boolean usedByLibc(String multiplexer, Arch arch) {
        return LIBC.getOrDefault(multiplexer, ImmutableSet.of()).contains(arch);
    }

    private static ImmutableSet<String> subcalls(List<String> row) {
        return ImmutableSet.copyOf(TableResource.words(row.get(TABLE.column("subcalls"))));
    }

    private static ImmutableSet<Arch> libc(List<String> row) {
        return TableResource.items(row.get(TABLE.column("glibc"))).stream()
                .map(Arch::parse)
                .collect(ImmutableSet.toImmutableSet());
    }
}
