package io.github.strait.trace;

import org.jspecify.annotations.Nullable;

/** A copy of a line that waits for later lines, or that an earlier line waits for. */
final class HeldLine {
    final byte[] bytes;
    final long lineNumber;
    final boolean last;
    final boolean cutAtLimit;
    private @Nullable Certainty certainty;
    private byte[] prefix = new byte[0];
    private boolean rest;

    HeldLine(byte[] bytes, long lineNumber, boolean last, boolean cutAtLimit) {
        this.bytes = bytes;
        this.lineNumber = lineNumber;
        this.last = last;
        this.cutAtLimit = cutAtLimit;
    }

    /** How certain it is that strace wrote it. */
    Certainty certainty(StrippedLine stripped) {
        Certainty known = certainty;
        if (known == null) {
            known = stripped.strip(bytes, 0, bytes.length);
            certainty = known;
            prefix = stripped.prefix();
            rest = known == Certainty.NOTHING && isRest();
        }
        return known;
    }

    /** Whether it can only be the rest of a call. */
    boolean isRest(StrippedLine stripped) {
        return certainty(stripped) == Certainty.NOTHING && rest;
    }

    private boolean isRest() {
        Line line = new Line();
        line.reset(bytes, 0, bytes.length);
        LineParser parser = new LineParser();
        parser.parse(line, false);
        CleanText.retry(parser, line, false, false);
        return line.kind == LineKind.CONTINUATION;
    }

    /** The marks in front of it, once {@link #certainty} was asked for. */
    byte[] prefix() {
        return prefix;
    }
}
