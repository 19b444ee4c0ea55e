package io.github.strait.observation;

import java.util.Locale;

/** How certain it is that calls belong to the ABI they are counted under, best first. */
public enum Proof {
    /**
     * The trace itself shows it: of each program, by its addresses, names, numbers or markers. Of each call only {@code -n}
     * and markers show it. strace prints no markers when it is given a command and {@code -o} without them: a program may
     * then make single calls of the machine's other ABI ({@code int $0x80}) under names that both have, and they count as
     * the program's own. One whose name only the other ABI has is noticed, and leaves no call of that program proven.
     */
    PROVEN,
    /** The user declared the machine on which the trace was recorded. */
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
