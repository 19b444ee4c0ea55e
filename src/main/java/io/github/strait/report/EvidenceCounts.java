package io.github.strait.report;

import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.observation.Completeness;
import io.github.strait.observation.LineCounts;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Omission;
import io.github.strait.observation.Run;
import io.github.strait.observation.RunMark;
import java.util.TreeMap;

/**
 * How much evidence there is, and what its traces show to be odd or missing.
 *
 * @param marked how many runs have each mark, where any has
 * @param incomplete how many runs are known to be incomplete
 * @param tasks how many tasks those runs have
 * @param omissions how often each omission shows in them
 */
public record EvidenceCounts(
        int runs,
        LineCounts lines,
        ImmutableSortedMap<RunMark, Integer> marked,
        int incomplete,
        long tasks,
        ImmutableSortedMap<Omission, Long> omissions) {
    /** The counts of an observation. */
    public static EvidenceCounts of(Observation observation) {
        TreeMap<RunMark, Integer> marked = new TreeMap<>();
        TreeMap<Omission, Long> omissions = new TreeMap<>();
        int incomplete = 0;
        long tasks = 0;
        for (Run run : observation.runs()) {
            run.marks().forEach(mark -> marked.merge(mark, 1, Integer::sum));
            if (run.completeness().isPresent() && !run.completeness().get().isWhole()) {
                Completeness known = run.completeness().get();
                incomplete++;
                tasks += known.tasks();
                known.signs().forEach((omission, sign) -> omissions.merge(omission, sign.count(), Long::sum));
            }
        }
        return new EvidenceCounts(
                observation.runs().size(),
                observation.lines(),
                ImmutableSortedMap.copyOf(marked),
                incomplete,
                tasks,
                ImmutableSortedMap.copyOf(omissions));
    }
}
