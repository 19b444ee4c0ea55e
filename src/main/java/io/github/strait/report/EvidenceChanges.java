package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.ArgumentValues;
import io.github.strait.observation.Observation;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What the evidence of another release shows beside the calls themselves: who makes the new ones, which values of arguments
 * are new, and why the two may not be comparable.
 *
 * @param programs the programs that changed, in the order of their names
 * @param libraries the libraries that make the calls which differ, where a trace has stack frames
 * @param values the values of arguments that only the second one shows, of calls that both show
 * @param cautions why a difference may not come from the release
 */
public record EvidenceChanges(
        ImmutableList<OfProgram> programs,
        ImmutableList<LibraryChanges> libraries,
        ImmutableList<NewValues> values,
        ImmutableList<String> cautions) {
    /**
     * A program on one ABI.
     *
     * @param before its name in the first evidence; empty when it is new
     * @param after its name in the second evidence; empty when it is gone
     * @param gained the calls that it makes in the second evidence only
     * @param lost the calls that it makes in the first evidence only
     */
    public record OfProgram(
            Arch arch, String before, String after, ImmutableList<Made> gained, ImmutableList<Made> lost) {
        /** The name that it has last. */
        String name() {
            return after.isEmpty() ? before : after;
        }
    }

    /**
     * A call that one program makes in one evidence.
     *
     * @param isOnlyThere whether no program makes it in the other evidence
     * @param seen what the evidence says of it, of all programs that make it
     */
    public record Made(String syscall, boolean isOnlyThere, SyscallObservation seen) {}

    /** Values of the arguments of a call, in words, at one place. */
    public record NewValues(Arch arch, String syscall, String place, ImmutableList<String> values) {}

    /** Compares two evidences, the second of which is of a later release. */
    public static EvidenceChanges of(Observation first, Observation second) {
        List<OfProgram> programs = new ArrayList<>();
        List<NewValues> values = new ArrayList<>();
        for (Map.Entry<Arch, ArchObservation> entry : second.architectures().entrySet()) {
            Arch arch = entry.getKey();
            ArchObservation before = first.architectures().get(arch);
            if (before != null) {
                programs.addAll(ProgramPairs.of(arch, before, entry.getValue()));
                values.addAll(newValues(arch, before, entry.getValue()));
            }
        }
        return new EvidenceChanges(
                ImmutableList.copyOf(programs),
                ImmutableList.of(),
                ImmutableList.copyOf(values),
                Comparability.of(first, second));
    }

    /** The same with what stack frames say. */
    public EvidenceChanges with(ImmutableList<LibraryChanges> fromFrames) {
        return new EvidenceChanges(programs, fromFrames, values, cautions);
    }

    private static List<NewValues> newValues(Arch arch, ArchObservation first, ArchObservation second) {
        List<NewValues> all = new ArrayList<>();
        second.syscalls().forEach((name, after) -> {
            SyscallObservation before = first.syscalls().get(name);
            if (before != null) {
                after.arguments().forEach((place, values) -> {
                    ArgumentValues known = before.arguments().get(place);
                    ImmutableSortedSet<ArgumentTuple> added =
                            known == null || known.more() ? ImmutableSortedSet.of() : added(known, values);
                    if (!added.isEmpty()) {
                        all.add(new NewValues(arch, name, place, words(name, arch, place, added)));
                    }
                });
            }
        });
        return all;
    }

    private static ImmutableSortedSet<ArgumentTuple> added(ArgumentValues known, ArgumentValues values) {
        ImmutableSortedMap<ArgumentTuple, ?> seen = values.seen();
        TreeSet<ArgumentTuple> added = new TreeSet<>(seen.keySet());
        added.removeAll(known.seen().keySet());
        return ImmutableSortedSet.copyOf(added);
    }

    private static ImmutableList<String> words(
            String call, Arch arch, String place, ImmutableSortedSet<ArgumentTuple> tuples) {
        return tuples.stream()
                .map(tuple -> TupleWords.of(call, arch, place, tuple))
                .distinct()
                .collect(ImmutableList.toImmutableList());
    }
}
