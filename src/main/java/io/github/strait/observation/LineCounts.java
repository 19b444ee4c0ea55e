package io.github.strait.observation;

/**
 * The number of lines in a trace, by kind; the three kinds add up to the total.
 *
 * @param calls lines that begin a call
 * @param other recognised lines that do not: second halves, signals, exits, messages, tables, frames, blank lines
 * @param unparsed lines that are not understood
 */
public record LineCounts(long calls, long other, long unparsed) {
    /** No lines. */
    public static final LineCounts NONE = new LineCounts(0, 0, 0);

    /** @throws IllegalArgumentException when a number is negative */
    public LineCounts {
        if (calls < 0 || other < 0 || unparsed < 0) {
            throw new IllegalArgumentException("a number of lines cannot be negative");
        }
    }

    /** How many lines there are. */
    public long total() {
        return calls + other + unparsed;
    }

    /** The lines of both traces. */
    public LineCounts plus(LineCounts more) {
        return new LineCounts(calls + more.calls, other + more.other, unparsed + more.unparsed);
    }
}
