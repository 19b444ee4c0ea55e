package io.github.strait.trace.scan;

import io.github.strait.trace.ByteSearch;
import org.jspecify.annotations.Nullable;

/** Looks words up by their bytes, eight at a time; one thread's part of {@link WordNumbers}. */
final class WordTable {
    /** No name is longer; a longer word has no number. */
    static final int LONGEST = 32;

    private static final int LONGS = LONGEST / Long.BYTES;
    private static final int SLOTS = 4 * WordNumbers.LIMIT;
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(SLOTS);

    private final WordNumbers words;
    private final long[] keys = new long[SLOTS * LONGS];
    private final short[] numbers = new short[SLOTS];
    private final @Nullable ArgumentSpan[] spans = new @Nullable ArgumentSpan[WordNumbers.LIMIT];

    WordTable(WordNumbers words) {
        this.words = words;
    }

    /**
     * The number of the word before the first byte that cannot be part of one; {@link WordNumbers#NONE} without such a
     * word.
     */
    int find(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length > Long.BYTES) {
            return length > LONGEST ? WordNumbers.NONE : findLong(bytes, from, to);
        }
        if (length <= 0) {
            return WordNumbers.NONE;
        }
        long key = ByteSearch.word(bytes, from) & -1L >>> Long.SIZE - Byte.SIZE * length;
        int slot = (int) (key * MIX >>> SHIFT);
        while (numbers[slot] != WordNumbers.NONE) {
            int at = slot * LONGS;
            if (keys[at] == key && keys[at + 1] == 0) {
                return numbers[slot];
            }
            slot = slot + 1 & SLOTS - 1;
        }
        return add(bytes, from, to, slot);
    }

    /** The arguments that count of calls whose name has this number; null for none. */
    @Nullable
    ArgumentSpan span(int number) {
        return spans[number];
    }

    private int findLong(byte[] bytes, int from, int to) {
        long hash = 0;
        for (int p = from; p < to; p += Long.BYTES) {
            hash = (hash + part(bytes, p, to)) * MIX;
        }
        int slot = (int) (hash >>> SHIFT);
        while (numbers[slot] != WordNumbers.NONE) {
            if (isAt(slot * LONGS, bytes, from, to)) {
                return numbers[slot];
            }
            slot = slot + 1 & SLOTS - 1;
        }
        return add(bytes, from, to, slot);
    }

    private boolean isAt(int place, byte[] bytes, int from, int to) {
        int at = place;
        for (int p = from; p < to; p += Long.BYTES) {
            if (keys[at++] != part(bytes, p, to)) {
                return false;
            }
        }
        return at == place + LONGS || keys[at] == 0;
    }

    static long part(byte[] bytes, int from, int to) {
        int length = to - from;
        long word = ByteSearch.word(bytes, from);
        return length >= Long.BYTES ? word : word & -1L >>> Long.SIZE - Byte.SIZE * length;
    }

    /** Words without a number are not remembered: they cost time but no memory. */
    private int add(byte[] bytes, int from, int to, int slot) {
        int number = words.number(bytes, from, to);
        if (number != WordNumbers.NONE) {
            numbers[slot] = (short) number;
            spans[number] = words.span(number);
            int at = slot * LONGS;
            for (int p = from; p < to; p += Long.BYTES) {
                keys[at++] = part(bytes, p, to);
            }
        }
        return number;
    }
}
