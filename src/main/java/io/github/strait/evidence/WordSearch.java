package io.github.strait.evidence;

import io.github.strait.trace.Ascii;
import java.nio.charset.StandardCharsets;

/** Finds which of some words a text holds, in one pass over its bytes. It is fast if the first two bytes of each are rare. */
final class WordSearch {
    private static final int SLOTS = 1 << 12;
    private static final int SHIFT = 5;

    private static final int LIMIT = Byte.MAX_VALUE;

    /** For two bytes, one more than the index of a word that begins with them, whose successor is in {@link #next}. */
    private final byte[] first = new byte[SLOTS];

    private final byte[][] words = new byte[LIMIT][];
    private final byte[] next = new byte[LIMIT];
    private final long[] groups = new long[LIMIT];
    private int size;

    private static int slot(int one, int two) {
        return (one << SHIFT ^ two) & SLOTS - 1;
    }

    /**
     * Searches for one more word, at most {@value #LIMIT} in all.
     *
     * @param word at least two characters of Latin-1; <code>{a-z}</code> stands for each of these
     * @param group bits that {@link #find} returns for it
     */
    void add(String word, long group) {
        int range = word.indexOf('{');
        if (range >= 0) {
            for (char c = word.charAt(range + 1); c <= word.charAt(range + 3); c++) {
                add(word.substring(0, range) + c + word.substring(range + 5), group);
            }
            return;
        }
        byte[] bytes = word.getBytes(StandardCharsets.ISO_8859_1);
        int slot = slot(bytes[0], bytes[1]);
        words[size] = bytes;
        groups[size] = group;
        next[size] = first[slot];
        first[slot] = (byte) ++size;
    }

    /** The groups of all words that the range holds. */
    long find(byte[] bytes, int from, int to) {
        long found = 0;
        for (int p = from; p + 1 < to; p++) {
            int word = first[slot(bytes[p], bytes[p + 1])];
            if (word != 0) {
                found |= at(word, bytes, p, to);
            }
        }
        return found;
    }

    private long at(int word, byte[] bytes, int from, int to) {
        long found = 0;
        for (int i = word - 1; i >= 0; i = next[i] - 1) {
            found |= Ascii.startsWith(bytes, from, to, words[i]) ? groups[i] : 0;
        }
        return found;
    }
}
