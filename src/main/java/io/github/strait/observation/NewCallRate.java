package io.github.strait.observation;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;

/**
 * How often one more run of the same kind shows a call that none of these runs shows. It is judged by how many of them did
 * so: by the runs that alone show some call. How many calls are still unseen is not said, because no estimate of that
 * number held.
 *
 * @param runs those that show what a program calls as a whole
 * @param runsAlone those of them that show a call that no other run shows
 */
public record NewCallRate(int runs, int runsAlone) {
    /** With fewer runs nothing is said. */
    public static final int FEWEST_RUNS = 4;

    public NewCallRate {
        checkArgument(0 <= runsAlone && runsAlone <= runs, "%s of %s runs", runsAlone, runs);
    }

    /** A probability, and where it lies. */
    public record Estimate(double rate, Interval interval) {}

    /** What the runs say of the next one; empty when they are too few to say. */
    public Optional<Estimate> estimate() {
        return runs < FEWEST_RUNS
                ? Optional.empty()
                : Optional.of(new Estimate((double) runsAlone / runs, Interval.of(runsAlone, runs)));
    }
}
