package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import io.github.strait.observation.NewCallRates;
import io.github.strait.profile.Difference;
import java.util.Optional;

/**
 * The result of {@code check}, which compares a committed profile with the one that the evidence gives now.
 *
 * @param file the committed profile, as the user named it
 * @param isIdentical whether the two are the same bytes
 * @param drift how the calls differ that rules allow; empty for a compiled filter
 * @param difference how the meanings differ; empty for a compiled filter, and for conditions too many to compare
 * @param isScoped whether the two mean the same, but the committed profile has rules for some machines and the other one
 *     has none
 * @param quality how good the evidence is, and how good it must be
 * @param start the options of the start under which the evidence gives the committed profile, when there are any
 * @param regenerate the command that writes the profile again
 */
public record CheckReport(
        String file,
        boolean isIdentical,
        Optional<Drift> drift,
        Optional<Difference> difference,
        boolean isScoped,
        Quality quality,
        Optional<String> start,
        String regenerate) {
    /**
     * How good the evidence is.
     *
     * @param runs how many runs there are
     * @param rates how often one more run shows a new call
     * @param minRuns how many runs are asked for
     * @param maxNewCallRate which rate is
     * @param shortfalls what the evidence falls short of, in words
     */
    public record Quality(
            int runs,
            NewCallRates rates,
            Optional<Long> minRuns,
            Optional<Double> maxNewCallRate,
            ImmutableList<String> shortfalls) {}

    /** The name of the profile that the evidence gives, where a report names both. */
    static final String NOW = "what the evidence gives";
}
