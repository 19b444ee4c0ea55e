package io.github.strait.follow;

import io.github.strait.trace.scan.TraceScan;

/**
 * The names of calls and errors, learned once for all traces that one thread reads: where a name is known, its first line in
 * a trace may need no parsing. What it knows does not affect the result. For traces with the same {@link FollowOptions}, one
 * after the other.
 */
public final class Vocabulary {
    private TraceScan scan = new TraceScan(ArgumentSpans::of);
    private PrintedNameTable printedNames = new PrintedNameTable();

    /** Begins another trace. What hostile text has filled is not handed on. */
    void begin() {
        if (scan.isSpent() || printedNames.isSpent()) {
            scan = new TraceScan(ArgumentSpans::of);
            printedNames = new PrintedNameTable();
        }
    }

    TraceScan scan() {
        return scan;
    }

    PrintedNameTable printedNames() {
        return printedNames;
    }
}
