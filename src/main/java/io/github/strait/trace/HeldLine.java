package io.github.strait.trace;

import org.jspecify.annotations.Nullable;

/** A copy of a line that waits for those after it, or that one before waits for. */
final class HeldLine {
    final byte[] bytes;
    final long lineNumber;
    final boolean last;
    final boolean cutAtLimit;
    private @Nullable Weight weight;
    private byte[] prefix = new byte[0];
    private boolean rest;

    HeldLine(byte[] bytes, long lineNumber, boolean last, boolean cutAtLimit) {
        this.bytes = bytes;
        this.lineNumber = lineNumber;
        this.last = last;
        this.cutAtLimit = cutAtLimit;
    }

    /** What it says by itself. */
    Weight weight(Unmarking unmarking) {
        Weight known = weight;
        if (known == null) {
            known = unmarking.weigh(bytes, 0, bytes.length);
            weight = known;
            prefix = unmarking.prefix();
            rest = known == Weight.NOTHING && isRest();
        }
        return known;
    }

    /** Whether it can only be the rest of a call. */
    boolean isRest(Unmarking unmarking) {
        return weight(unmarking) == Weight.NOTHING && rest;
    }

    private boolean isRest() {
        Line line = new Line();
        line.reset(bytes, 0, bytes.length);
        LineParser parser = new LineParser();
        parser.parse(line, false);
        Overlay.retry(parser, line, false, false);
        return line.kind == LineKind.CONTINUATION;
    }

    /** The marks in front of it, once it was weighed. */
    byte[] prefix() {
        return prefix;
    }
}
