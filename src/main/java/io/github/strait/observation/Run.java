package io.github.strait.observation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.Arch;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run of strace: a trace file, an {@code -ff} set of files, or a part of a file that strace appended to.
 *
 * @param id a digest of the trace's content; the same trace under two names is one run
 * @param source the file as the user named it, {@code NAME.*} for an {@code -ff} set
 * @param marks what limits the trust in it
 * @param completeness what its trace shows to be missing; empty when an older version, which did not check, has read it
 * @param recording what the header of the trace says of its recording; empty where strait wrote none
 * @param runtime what the runtime of a recorded container called before the program, which is kept apart; empty for others
 * @param unparsedAt the first positions of unparsed lines
 */
public record Run(
        String id,
        String source,
        LineCounts lines,
        ImmutableList<SourcePosition> unparsedAt,
        ImmutableSortedSet<RunMark> marks,
        Optional<Completeness> completeness,
        Optional<Recording> recording,
        Optional<RuntimePart> runtime,
        ImmutableSortedMap<Arch, ArchObservation> architectures) {

    /** By source, then by content. */
    static final Comparator<Run> ORDER = Comparator.comparing(Run::source).thenComparing(Run::id);

    /** The text decides between runs that only a forged observation can hold; some order there must be. */
    private static final Comparator<Run> PREFERENCE = Comparator.comparing(Run::weakestProof)
            .thenComparing(Comparator.comparingLong(Run::knownArguments).reversed())
            .thenComparing(ORDER)
            .thenComparing(run -> run.with(Optional.empty(), Optional.empty()).toString());

    /**
     * The better of two readings of the same trace: the one that knows its ABIs better, or else more arguments, with what
     * either knows of its completeness and of its recording.
     */
    static Run better(Run a, Run b) {
        Run better = PREFERENCE.compare(a, b) <= 0 ? a : b;
        Optional<Completeness> known = Stream.of(a, b)
                .flatMap(run -> run.completeness.stream())
                .min(Comparator.comparing(Completeness::toString));
        Optional<Recording> header =
                Stream.of(a, b).flatMap(run -> run.recording.stream()).min(Comparator.comparing(RecordingJson::text));
        return better.with(known, header);
    }

    private Run with(Optional<Completeness> known, Optional<Recording> header) {
        return known.equals(completeness) && header.equals(recording)
                ? this
                : new Run(id, source, lines, unparsedAt, marks, known, header, runtime, architectures);
    }

    /** Only these calls. */
    Run keeping(BiPredicate<Arch, String> calls) {
        TreeMap<Arch, ArchObservation> kept = new TreeMap<>();
        for (Map.Entry<Arch, ArchObservation> each : architectures.entrySet()) {
            Map<String, SyscallObservation> some =
                    Maps.filterKeys(each.getValue().syscalls(), name -> calls.test(each.getKey(), name));
            if (!some.isEmpty()) {
                kept.put(each.getKey(), new ArchObservation(each.getValue().proof(), ImmutableSortedMap.copyOf(some)));
            }
        }
        return new Run(
                id,
                source,
                lines,
                unparsedAt,
                marks,
                completeness,
                recording,
                runtime,
                ImmutableSortedMap.copyOf(kept));
    }

    /** Whether two readings of one trace differ in its ABIs, and neither knows them better. */
    boolean contradicts(Run other) {
        return weakestProof() == other.weakestProof() && !architectures.keySet().equals(other.architectures.keySet());
    }

    /** The programs whose files are known, by path; those that strace was attached to may be none. */
    public ImmutableSortedSet<String> programs() {
        TreeSet<String> paths = new TreeSet<>();
        Set<String> last = Set.of();
        for (ArchObservation seen : architectures.values()) {
            for (SyscallObservation call : seen.syscalls().values()) {
                // most calls of a run are of the same programs
                if (!call.programs().equals(last)) {
                    last = call.programs();
                    paths.addAll(last);
                }
            }
        }
        paths.removeIf(name -> !name.startsWith("/"));
        return ImmutableSortedSet.copyOfSorted(paths);
    }

    /** Whether it lacks calls on purpose, or shows only those that a profile denied: what it lacks says nothing then. */
    public boolean isPartial() {
        return recording.isPresent() && (recording.get().partial() || isOfAuditLines());
    }

    /** Whether it comes from the kernel's audit lines, which show neither a start nor an end. */
    boolean isOfAuditLines() {
        return recording.isPresent() && recording.get().kind() == Recording.Kind.AUDIT;
    }

    /** Whether it comes from a log of qemu-user. */
    boolean isEmulated() {
        return recording.isPresent() && recording.get().kind() == Recording.Kind.EMULATED;
    }

    String labels() {
        return architectures.keySet().stream().map(Arch::label).collect(Collectors.joining(", "));
    }

    /** How many calls say their values, place by place. */
    private long knownArguments() {
        long known = 0;
        for (ArchObservation seen : architectures.values()) {
            for (SyscallObservation call : seen.syscalls().values()) {
                for (ArgumentValues values : call.arguments().values()) {
                    known += values.known();
                }
            }
        }
        return known;
    }

    Proof weakestProof() {
        return architectures.values().stream().map(ArchObservation::proof).reduce(Proof.PROVEN, Proof::and);
    }
}
