package io.github.strait.trace;

/** How certainly strace wrote a line, judged by the line alone. */
enum Certainty {
    /** A blank line, or marks that nothing follows. */
    BLANK,
    /** It begins nothing that strace writes. */
    NOTHING,
    /** It begins like a call with a known name, and so may other text. */
    BEGINS,
    /** Only strace writes it. */
    CERTAIN;

    /** The certainty of a line that was parsed alone. */
    static Certainty of(Line line, LineHandler handler) {
        return switch (line.kind) {
            case CALL -> handler.isName(line.bytes, line.nameStart, line.nameEnd) ? ofHalf(line) : NOTHING;
            case RESUMED -> ofHalf(line);
            case EXIT, SUPERSEDED, PERSONALITY -> CERTAIN;
            case SIGNAL -> Ascii.startsWith(line.bytes, line.nameStart, line.nameEnd, SIGNAL) ? CERTAIN : NOTHING;
            default -> NOTHING;
        };
    }

    private static Certainty ofHalf(Line line) {
        return line.missing == Missing.NONE && !line.unbalanced ? CERTAIN : BEGINS;
    }

    private static final byte[] SIGNAL = Ascii.word("SIG");
}
