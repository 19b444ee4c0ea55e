package io.github.strait.report;

import io.github.strait.profile.Difference;

/**
 * A difference, and what its two sides are called.
 *
 * @param hasConditions whether people want to see conditions beside the words for them
 */
public record DifferenceReport(String first, String second, Difference difference, boolean hasConditions) {
    /** A difference that names arguments where they have names. */
    public DifferenceReport(String first, String second, Difference difference) {
        this(first, second, difference, false);
    }

    /** The same with the conditions. */
    public DifferenceReport withConditions() {
        return new DifferenceReport(first, second, difference, true);
    }

    /** Whether both sides mean the same. */
    public boolean isEmpty() {
        return difference.isEmpty();
    }
}
