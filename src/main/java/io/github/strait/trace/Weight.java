package io.github.strait.trace;

/** How much a line says by itself, without those around it. */
enum Weight {
    /** Nothing, or marks that nothing follows. */
    BLANK,
    /** It begins nothing that strace writes. */
    NOTHING,
    /** It begins as a call of a known name does, and text of another kind may begin so, too. */
    BEGINS,
    /** Only strace writes it. */
    CERTAIN;

    /** What a line weighs that was parsed alone. */
    static Weight of(Line line, LineHandler handler) {
        return switch (line.kind) {
            case CALL -> handler.isName(line.bytes, line.nameStart, line.nameEnd) ? ofHalf(line) : NOTHING;
            case RESUMED -> ofHalf(line);
            case EXIT, SUPERSEDED, PERSONALITY -> CERTAIN;
            case SIGNAL -> Ascii.startsWith(line.bytes, line.nameStart, line.nameEnd, SIGNAL) ? CERTAIN : NOTHING;
            default -> NOTHING;
        };
    }

    private static Weight ofHalf(Line line) {
        return line.tail == Tail.NONE && !line.unbalanced ? CERTAIN : BEGINS;
    }

    private static final byte[] SIGNAL = Ascii.word("SIG");
}
