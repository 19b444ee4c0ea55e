package io.github.strait.report;

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
 * @param start the options of the start under which the evidence gives the committed profile, when there are any
 * @param regenerate the command that writes the profile again
 */
public record CheckReport(
        String file,
        boolean isIdentical,
        Optional<Drift> drift,
        Optional<Difference> difference,
        boolean isScoped,
        Optional<String> start,
        String regenerate) {
    /** The name of the profile that the evidence gives, where a report names both. */
    static final String NOW = "what the evidence gives";
}
