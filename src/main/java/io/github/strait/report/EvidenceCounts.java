package io.github.strait.report;

import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.observation.Completeness;
import io.github.strait.observation.LineCounts;
import io.github.strait.observation.NewCallRates;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Omission;
import io.github.strait.observation.Recording;
import io.github.strait.observation.Run;
import io.github.strait.observation.RunMark;
import java.util.TreeMap;

/**
 * How much evidence there is, and what its traces show to be odd or missing.
 *
 * @param marked how many runs have each mark, where any has
 * @param recorded how many runs have a header of strait's, by what it recorded
 * @param partial how many of them lack calls on purpose; they are none of the runs that a call is said to be in
 * @param incomplete how many runs are known to be incomplete
 * @param tasks how many tasks those runs have
 * @param omissions how often each omission shows in them
 * @param newCalls how often one more run shows a new call
 */
public record EvidenceCounts(
        int runs,
        LineCounts lines,
        ImmutableSortedMap<RunMark, Integer> marked,
        ImmutableSortedMap<Recording.Kind, Integer> recorded,
        int partial,
        int incomplete,
        long tasks,
        ImmutableSortedMap<Omission, Long> omissions,
        NewCallRates newCalls) {
    /** The runs that show what a program calls as a whole. */
    public int wholeRuns() {
        return runs - partial;
    }

    /** The counts of an observation. */
    public static EvidenceCounts of(Observation observation) {
        TreeMap<RunMark, Integer> marked = new TreeMap<>();
        TreeMap<Recording.Kind, Integer> recorded = new TreeMap<>();
        TreeMap<Omission, Long> omissions = new TreeMap<>();
        int partial = 0;
        int incomplete = 0;
        long tasks = 0;
        for (Run run : observation.runs()) {
            run.marks().forEach(mark -> marked.merge(mark, 1, Integer::sum));
            if (run.recording().isPresent()) {
                recorded.merge(run.recording().get().kind(), 1, Integer::sum);
                partial += run.isPartial() ? 1 : 0;
            }
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
                ImmutableSortedMap.copyOf(recorded),
                partial,
                incomplete,
                tasks,
                ImmutableSortedMap.copyOf(omissions),
                NewCallRates.of(observation));
    }
}
