package io.github.strait.verify;

import com.google.common.collect.ImmutableList;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Run;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Checks each run against a profile of the other runs. The result shows how well the runs cover each other. It says
 * nothing about runs that were never recorded.
 *
 * @param runs how many were left out; a partial one is always among the others
 * @param uncovered for each run that would have been refused
 */
public record CrossValidation(int runs, ImmutableList<UncoveredRun> uncovered) {

    /** A run and what would have been refused. */
    public record UncoveredRun(Run run, ImmutableList<Verdict> gaps) {}

    /**
     * Leaves out one run after the other.
     *
     * @param derive the filters of what the other runs show, for each ABI of all runs
     */
    public static CrossValidation of(ObservedCalls observed, Function<Observation, Map<Arch, Filter>> derive) {
        List<Run> runs = observed.observation().runs();
        ImmutableList.Builder<UncoveredRun> uncovered = ImmutableList.builder();
        List<Run> whole = runs.stream().filter(run -> !run.isPartial()).toList();
        for (Run run : whole.size() > 1 ? whole : List.<Run>of()) {
            List<Run> others = new ArrayList<>(runs);
            others.remove(run);
            ImmutableList<Verdict> gaps = Verification.of(observed.only(run), derive.apply(Observation.of(others)))
                    .verdicts(Verdict.Kind.GAP);
            if (!gaps.isEmpty()) {
                uncovered.add(new UncoveredRun(run, gaps));
            }
        }
        return new CrossValidation(whole.size(), uncovered.build());
    }
}
