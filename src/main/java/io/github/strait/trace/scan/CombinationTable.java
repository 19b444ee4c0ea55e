package io.github.strait.trace.scan;

import java.util.Arrays;

/**
 * Looks up what calls show of the arguments that count, eight bytes at a time; one thread's part of {@link WordNumbers}.
 * Two lines have one number only if they show the same name and text, and as much of the call. Calls of one name mostly show
 * what the last ones did, so those are looked at first.
 */
final class CombinationTable {
    /** A longer text has no number. */
    static final int LONGEST = 120;

    private static final int LONGS = LONGEST / Long.BYTES;
    private static final int FIRST = 1 << 5;

    private static final int RESUMED = 1 << 10;
    private static final int LEADING = 1 << 11;
    private static final int WAITING = 1 << 12;
    private static final int TRAILING = 1 << 13;
    private static final int SHOWN_SHIFT = 14;

    private final WordNumbers words;
    /** The entry of each name that was found last; 0 for none. */
    private final int[] latest = new int[WordNumbers.LIMIT];
    /** The entry of the same name that was found before. */
    private int[] earlier = new int[FIRST];

    private long[] heads = new long[FIRST];
    private long[] keys = new long[FIRST * LONGS];
    private short[] numbers = new short[FIRST];
    private int size = 1;

    CombinationTable(WordNumbers words) {
        this.words = words;
    }

    /** A call or, if resumed, the second half of one, which may begin with a separator. */
    static int header(int name, boolean resumed, boolean isLeading) {
        return name | (resumed ? RESUMED : 0) | (isLeading ? LEADING : 0);
    }

    /** The first half of a call that shows so many arguments and not all that count; it may end with a separator. */
    static int waiting(int header, int shown, boolean isTrailing) {
        return header | WAITING | (isTrailing ? TRAILING : 0) | shown << SHOWN_SHIFT;
    }

    /** Whether the header is that of a second half. */
    static boolean isResumed(int header) {
        return (header & RESUMED) != 0;
    }

    /** The word of a header. */
    static int name(int header) {
        return header & RESUMED - 1;
    }

    /** The number; {@link WordNumbers#NONE} when there is none. */
    int find(byte[] bytes, int from, int to, int header) {
        long head = (long) header << Integer.SIZE | to - from;
        int name = name(header);
        int before = 0;
        for (int entry = latest[name]; entry != 0; entry = earlier[entry]) {
            if (heads[entry] == head && isAt(entry * LONGS, bytes, from, to)) {
                if (before != 0) {
                    earlier[before] = earlier[entry];
                    earlier[entry] = latest[name];
                    latest[name] = entry;
                }
                return numbers[entry];
            }
            before = entry;
        }
        return to - from > LONGEST ? WordNumbers.NONE : add(bytes, from, to, header);
    }

    private boolean isAt(int place, byte[] bytes, int from, int to) {
        int at = place;
        for (int p = from; p < to; p += Long.BYTES) {
            if (keys[at++] != WordTable.part(bytes, p, to)) {
                return false;
            }
        }
        return true;
    }

    /** Texts without a number are not remembered: they cost time but no memory. */
    private int add(byte[] bytes, int from, int to, int header) {
        int number = words.combination(header, bytes, from, to);
        if (number == WordNumbers.NONE) {
            return number;
        }
        if (size == numbers.length) {
            earlier = Arrays.copyOf(earlier, 2 * size);
            heads = Arrays.copyOf(heads, 2 * size);
            keys = Arrays.copyOf(keys, 2 * size * LONGS);
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        int name = name(header);
        numbers[size] = (short) number;
        heads[size] = (long) header << Integer.SIZE | to - from;
        int at = size * LONGS;
        for (int p = from; p < to; p += Long.BYTES) {
            keys[at++] = WordTable.part(bytes, p, to);
        }
        earlier[size] = latest[name];
        latest[name] = size;
        size++;
        return number;
    }
}
