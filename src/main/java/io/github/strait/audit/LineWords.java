package io.github.strait.audit;

import io.github.strait.trace.Ascii;

/**
 * Finds lines that may be about seccomp or about lost lines. All others of a log, most of them, are only counted. It looks
 * at every third byte and its neighbour: of the first four bytes of a word, a pair stands at one of these places.
 */
final class LineWords {
    /** The line has the number or the name of seccomp's record. */
    static final int SECCOMP = 1;
    /** The line has a word of the messages about lost lines. */
    static final int LOSS = 2;

    private static final int NOTHING = 0;
    private static final int STEP = 3;
    private static final int SLOTS = 1 << 12;

    /** The number and the name of the record, and both as the journal's JSON writes a message that is not UTF-8. */
    private static final String[] RECORDS = {"1326", "CCOMP", "49,51,50,54", "67,67,79,77,80"};

    /** Of the messages about loss, with rare letters first. */
    private static final String[] LOSSES = {
        "uppressed", "xceeded", "_lost=", "_backlog=", "pped **", "Missed ", "-limiting"
    };

    private static final byte[][] WORDS = new byte[RECORDS.length + LOSSES.length][];

    /** By a pair, a bit for each word and each place of the pair in it. */
    private static final long[] PAIRS = new long[SLOTS];

    static {
        for (int i = 0; i < WORDS.length; i++) {
            WORDS[i] = Ascii.word(i < RECORDS.length ? RECORDS[i] : LOSSES[i - RECORDS.length]);
            for (int at = 0; at < STEP; at++) {
                PAIRS[slot(WORDS[i][at], WORDS[i][at + 1])] |= 1L << i * STEP + at;
            }
        }
    }

    private LineWords() {}

    private static int slot(byte first, byte second) {
        return (first << 5 ^ second) & SLOTS - 1;
    }

    /** {@link #SECCOMP}, or else {@link #LOSS}, or 0. */
    static int find(byte[] bytes, int from, int to) {
        int found = NOTHING;
        for (int p = from; p + 1 < to; p += STEP) {
            long candidates = PAIRS[slot(bytes[p], bytes[p + 1])];
            if (candidates != 0) {
                int kind = find(candidates, bytes, p, from, to);
                if (kind == SECCOMP) {
                    return SECCOMP;
                }
                found |= kind;
            }
        }
        return found;
    }

    private static int find(long candidates, byte[] bytes, int pair, int from, int to) {
        int found = NOTHING;
        for (long rest = candidates; rest != 0; rest &= rest - 1) {
            int bit = Long.numberOfTrailingZeros(rest);
            int word = bit / STEP;
            int start = pair - bit % STEP;
            if (start >= from && Ascii.startsWith(bytes, start, to, WORDS[word])) {
                if (word < RECORDS.length) {
                    return SECCOMP;
                }
                found = LOSS;
            }
        }
        return found;
    }
}
