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
        }
        return known;
    }

    /** The marks in front of it, once it was weighed. */
    byte[] prefix() {
        return prefix;
    }
}
