package io.github.strait.report;

import io.github.strait.profile.Difference;

/** A difference, and what its two sides are called. */
public record DifferenceReport(String first, String second, Difference difference) {
    /** Whether both sides mean the same. */
    public boolean isEmpty() {
        return difference.isEmpty();
    }
}
