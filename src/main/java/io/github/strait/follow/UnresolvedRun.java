package io.github.strait.follow;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.elf.ProgramImports;
import io.github.strait.observation.Completeness;
import io.github.strait.observation.LineCounts;
import io.github.strait.observation.Recording;
import io.github.strait.observation.Run;
import io.github.strait.observation.RunMark;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One run with its calls still under their printed names: what {@link AbiResolver} turns into a {@link Run}.
 *
 * @param isOfStrace whether any line is one that strace alone writes
 * @param taskAbis the first tasks, by program and ABI
 * @param moreTaskAbis how many more there were
 * @param completeness what is missing, and what else there is to say
 * @param recording the header of the trace
 * @param imports what strait wrote behind the trace of the programs that were executed
 * @param isFiltered whether it shows how the runtime of a container installs its filter
 * @param shapes the unparsed lines by shape
 * @param programs the programs that were executed, where only some are wanted
 */
record UnresolvedRun(
        String file,
        LineCounts lines,
        boolean isOfStrace,
        List<SourcePosition> unparsedAt,
        Set<RunMark> marks,
        List<Groups.Group> groups,
        List<Groups.TaskAbi> taskAbis,
        long moreTaskAbis,
        ImmutableList<UnparsedShapes.Shape> shapes,
        VersionRange versions,
        ExecutedPrograms programs,
        Completeness completeness,
        Optional<Recording> recording,
        ImmutableSortedSet<ProgramImports> imports,
        boolean isFiltered) {

    /** How many calls are kept. */
    private long kept() {
        return groups.stream()
                .filter(Groups.Group::isKept)
                .flatMap(group -> group.tallies().all().stream())
                .mapToLong(Tally::count)
                .sum();
    }

    /**
     * The lines of a run when only chosen programs, or those of a container, are kept: calls of the others and of the runtime
     * count as other lines.
     */
    LineCounts keptLines() {
        if (!marks.contains(RunMark.PROGRAM_ONLY) && groups.stream().allMatch(Groups.Group::isKept)) {
            return lines;
        }
        long calls = Math.min(lines.calls(), kept());
        return new LineCounts(calls, lines.other() + lines.calls() - calls, lines.unparsed());
    }
}
