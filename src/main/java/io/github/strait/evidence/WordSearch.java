package io.github.strait.evidence;

import io.github.strait.trace.Ascii;
import io.github.strait.trace.ByteSearch;
import java.nio.charset.StandardCharsets;

/**
 * Finds which of some words a text holds, in one pass over every second byte and its neighbour. It is fast if the first three
 * bytes of each word are rare.
 */
final class WordSearch {
    private static final int SLOTS = 1 << 12;
    private static final int SHIFT = 5;
    private static final int LIMIT = 127;

    /**
     * For two bytes, one more than the number of an entry: twice the index of a word that begins with them, or, for the
     * second and third byte of a word, one more. The next entry of these bytes is in {@link #next}.
     */
    private final short[] first = new short[SLOTS];

    private final short[] next = new short[2 * LIMIT];
    private final byte[][] words = new byte[LIMIT][];
    private final long[] groups = new long[LIMIT];
    private int size;

    /** @param pair two bytes, the first of them lower */
    private static int slot(int pair) {
        return (pair << SHIFT ^ pair >>> Byte.SIZE) & SLOTS - 1;
    }

    /**
     * Searches for one more word, at most {@value #LIMIT} in all.
     *
     * @param word at least three characters of Latin-1; <code>{a-z}</code> stands for each of these
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
        words[size] = bytes;
        groups[size] = group;
        enter(2 * size, slot(ByteSearch.pair(bytes, 0)));
        enter(2 * size + 1, slot(ByteSearch.pair(bytes, 1)));
        size++;
    }

    private void enter(int entry, int slot) {
        next[entry] = first[slot];
        first[slot] = (short) (entry + 1);
    }

    /** The groups of all words that the text holds. */
    long find(byte[] text) {
        long found = 0;
        for (int p = 0; p + 1 < text.length; p += 2) {
            int entry = first[slot(ByteSearch.pair(text, p))];
            if (entry != 0) {
                found |= at(entry, text, p);
            }
        }
        return found;
    }

    private long at(int entry, byte[] text, int pair) {
        long found = 0;
        for (int i = entry - 1; i >= 0; i = next[i] - 1) {
            int from = pair - i % 2;
            boolean isThere = from >= 0 && Ascii.startsWith(text, from, text.length, words[i / 2]);
            found |= isThere ? groups[i / 2] : 0;
        }
        return found;
    }
}
