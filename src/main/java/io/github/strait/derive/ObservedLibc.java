package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.github.strait.derive.Release.Libc;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Recording.Fact;
import io.github.strait.observation.Run;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import java.util.EnumSet;
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
    private static final Release MUSL = new Release("musl", Libc.MUSL, 0, Release.ANY);
    private static final int WITH_RSEQ = 35;
    private static final int LAST_NEWFSTATAT = 38;

    private ObservedLibc() {}

    /** What the header of the trace says of a run; empty where it does not. */
    static Optional<Release> header(Run run) {
        return Release.find(run.recording()
                .map(recording -> recording.facts().getOrDefault(Fact.RELEASE, ""))
                .orElse(""));
    }

    /**
     * The libcs of the map that the programs of an ABI may have, over all runs that tell: none when these have no libc,
     * such as programs of Go, and all when no run tells.
     */
    static ImmutableSet<MappedLibc> mapped(Observation observation, Arch arch) {
        EnumSet<MappedLibc> libcs = EnumSet.noneOf(MappedLibc.class);
        boolean isTold = false;
        for (Run run : observation.runs()) {
            ArchObservation seen = run.architectures().get(arch);
            if (seen == null || run.isPartial()) {
                continue;
            }
            Optional<Release> header = header(run);
            Optional<ImmutableList<Release>> told = of(seen).or(() -> header.map(ImmutableList::of));
            isTold |= told.isPresent();
            for (Release release : told.orElse(ImmutableList.of())) {
                libcs.addAll(MappedLibc.of(
                        header.filter(named -> isNearer(named, release)).orElse(release)));
            }
        }
        return isTold ? Sets.immutableEnumSet(libcs) : MappedLibc.ALL;
    }

    /** A static program of musl may run on a release with glibc, so the calls decide which of the two it has. */
    private static boolean isNearer(Release header, Release byCalls) {
        return header.libc() == byCalls.libc() && header.oldest() == header.newest();
    }

    /**
     * The libcs of all programs: several when some have glibc and some musl, and none when they start without a libc. Empty
     * when the calls do not say.
     */
    static Optional<ImmutableList<Release>> of(ArchObservation seen) {
        Map<String, SyscallObservation> calls = seen.syscalls();
        SyscallObservation start = calls.get("set_tid_address");
        if (!calls.containsKey("execve")) {
            return Optional.empty(); // no start of a program
        } else if (start == null) {
            return Optional.of(ImmutableList.of());
        }
        SyscallObservation robust = calls.get("set_robust_list");
        if (robust == null) {
            return Optional.of(ImmutableList.of(MUSL));
        }
        Release glibc = glibc(calls);
        return Optional.of(
                programs(robust).containsAll(programs(start))
                        ? ImmutableList.of(glibc)
                        : ImmutableList.of(glibc, MUSL));
    }

    private static Release glibc(Map<String, SyscallObservation> calls) {
        SyscallObservation rseq = calls.get(RSEQ);
        if (rseq == null) {
            return glibc(0, WITH_RSEQ - 1); // or asked not to
        }
        Set<String> programs = programs(rseq);
        Set<String> old = programs(calls.get(FSTAT));
        Set<String> without = Sets.difference(Sets.intersection(programs, programs(calls.get(NEWFSTATAT))), old);
        if (!without.isEmpty()) {
            return glibc(WITH_RSEQ, LAST_NEWFSTATAT);
        }
        return !programs.isEmpty() && old.containsAll(programs)
                ? glibc(LAST_NEWFSTATAT + 1, Release.ANY)
                : glibc(WITH_RSEQ, Release.ANY);
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
