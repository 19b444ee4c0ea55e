package io.github.strait.derive;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.github.strait.derive.Release.Libc;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.SyscallObservation;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which libc the observed programs have, by the calls of their start: glibc registers a list of robust futexes, and since
 * 2.35 an area of restartable sequences, for each thread; musl does neither. To look at an open file, as the loader does
 * for each library, glibc calls newfstatat from 2.33 to 2.38, and fstat before and after.
 */
final class ObservedLibc {
    private static final String RSEQ = "rseq";
    private static final String FSTAT = "fstat";
    private static final String NEWFSTATAT = "newfstatat";
    private static final int WITH_RSEQ = 35;
    private static final int LAST_NEWFSTATAT = 38;

    private ObservedLibc() {}

    /** The libc; empty when the calls do not say. */
    static Optional<Release> of(ArchObservation seen) {
        Map<String, SyscallObservation> calls = seen.syscalls();
        if (!calls.containsKey("set_tid_address") || !calls.containsKey("execve")) {
            return Optional.empty(); // no start of a program with a libc
        }
        SyscallObservation robust = calls.get("set_robust_list");
        if (robust == null) {
            return Optional.of(new Release("musl", Libc.MUSL, 0, Release.ANY));
        } else if (!programs(robust).containsAll(programs(calls.get("set_tid_address")))) {
            return Optional.empty(); // programs of both
        }
        SyscallObservation rseq = calls.get(RSEQ);
        if (rseq == null) {
            return Optional.of(glibc(0, WITH_RSEQ - 1));
        }
        Set<String> programs = programs(rseq);
        Set<String> old = programs(calls.get(FSTAT));
        Set<String> without = Sets.difference(Sets.intersection(programs, programs(calls.get(NEWFSTATAT))), old);
        if (!without.isEmpty()) {
            return Optional.of(glibc(WITH_RSEQ, LAST_NEWFSTATAT));
        }
        return Optional.of(
                !programs.isEmpty() && old.containsAll(programs)
                        ? glibc(LAST_NEWFSTATAT + 1, Release.ANY)
                        : glibc(WITH_RSEQ, Release.ANY));
    }

    private static Release glibc(int oldest, int newest) {
        String name = oldest == 0
                ? "glibc before 2." + (newest + 1)
                : newest == Release.ANY ? "glibc 2." + oldest + " or newer" : "glibc 2." + oldest + " to 2." + newest;
        return new Release(name, Libc.GLIBC, oldest, newest);
    }

    /** None where not all are known. */
    private static Set<String> programs(@Nullable SyscallObservation call) {
        return call == null || call.morePrograms() ? ImmutableSortedSet.of() : call.programs();
    }
}
