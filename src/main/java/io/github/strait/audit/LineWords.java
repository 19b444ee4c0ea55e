package io.github.strait.audit;

import io.github.strait.trace.Ascii;

/** Finds lines that may be about seccomp or about lost lines. All others of a log, most of them, are only counted. */
final class LineWords {
    /** The number and the name of the record, and both as the journal's JSON writes a message that is not UTF-8. */
    private static final byte[][] RECORDS = {
        Ascii.word("1326"), Ascii.word("CCOMP"), Ascii.word("49,51,50,54"), Ascii.word("67,67,79,77,80")
    };

    private static final byte[][] LOSSES = {
        Ascii.word("suppressed"), Ascii.word("Suppressed "), Ascii.word("exceeded"), Ascii.word("audit_lost="),
        Ascii.word("audit_backlog="), Ascii.word("dropped"), Ascii.word("Missed "), Ascii.word("messages lost")
    };
    /** By a byte, which words may begin with it. */
    private static final byte[] FIRST = new byte[128];

    private static final int NOTHING = 0;

    /** The line has the number or the name of seccomp's record. */
    static final int SECCOMP = 1;
    /** The line has a word of the messages about lost lines. */
    static final int LOSS = 2;

    static {
        for (byte[] word : LOSSES) {
            FIRST[word[0]] = LOSS;
        }
        for (byte[] word : RECORDS) {
            FIRST[word[0]] = SECCOMP;
        }
    }

    private LineWords() {}

    /** {@link #SECCOMP}, or else {@link #LOSS}, or 0. */
    static int find(byte[] bytes, int from, int to) {
        int found = NOTHING;
        for (int p = from; p < to; p++) {
            byte b = bytes[p];
            int kind = b < 0 ? NOTHING : FIRST[b];
            if (kind == SECCOMP && isAt(RECORDS, bytes, p, to)) {
                return SECCOMP;
            }
            if (kind == LOSS && found == NOTHING && isAt(LOSSES, bytes, p, to)) {
                found = LOSS;
            }
        }
        return found;
    }

    private static boolean isAt(byte[][] words, byte[] bytes, int from, int to) {
        for (byte[] word : words) {
            if (Ascii.startsWith(bytes, from, to, word)) {
                return true;
            }
        }
        return false;
    }
}
