package io.github.strait.observe;

import java.util.Locale;

/** How well it is known that calls belong to the ABI under which they are counted, best first. */
public enum Proof {
    /** The trace itself shows it. */
    PROVEN,
    /** The user said on what machine the trace was recorded. */
    DECLARED,
    /** Neither: this machine's ABI, or the likeliest one that fits, was taken. */
    ASSUMED;

    /** The word in observations: {@code proven}, {@code declared} or {@code assumed}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The weaker of the two. */
    public Proof and(Proof other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
