package io.github.strait.diagnostic;

import java.util.Locale;

/** How much a diagnostic matters. */
public enum Severity {
    /** The result cannot be trusted or could not be made. */
    ERROR,
    /** The result is good, but something about the evidence is worth mending. */
    WARNING,
    /** A fact that explains the result. */
    NOTE;

    /** The word that is printed: {@code error}, {@code warning} or {@code note}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
