package io.github.strait.report;

import io.github.strait.profile.Difference;
import java.util.Optional;

/**
 * A difference, and what its two sides are called.
 *
 * @param hasConditions whether people want to see conditions beside the words for them
 * @param evidence what else differs, where both sides are evidence
 */
public record DifferenceReport(
        String first, String second, Difference difference, boolean hasConditions, Optional<EvidenceChanges> evidence) {
    /** A difference that names arguments where they have names. */
    public DifferenceReport(String first, String second, Difference difference) {
        this(first, second, difference, false, Optional.empty());
    }

    /** The same of two evidences. */
    public DifferenceReport with(EvidenceChanges changes) {
        return new DifferenceReport(first, second, difference, hasConditions, Optional.of(changes));
    }

    /** The same with the conditions. */
    public DifferenceReport withConditions() {
        return new DifferenceReport(first, second, difference, true, evidence);
    }

    /** Whether both sides mean the same. */
    public boolean isEmpty() {
        return difference.isEmpty();
    }
}
