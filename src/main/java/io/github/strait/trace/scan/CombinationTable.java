package io.github.strait.trace.scan;

import io.github.strait.trace.ByteSearch;
import java.util.Arrays;

/**
 * Looks up what calls show of the arguments that count, eight bytes at a time; one thread's part of {@link WordNumbers}.
 * Two lines have one number only if they show the same name and text, and as much of the call. Calls of one name mostly show
 * what the last ones did, so those are looked at first, before it is known where the text ends.
 */
final class CombinationTable {
    /** A longer text has no number. */
    static final int LONGEST = 160;

    /** The most texts of one name, with the byte that ends each. */
    private static final int OF_NAME = 1 << 8;

    private static final byte[] NOTHING = {};
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
    /** How many entries each name has. */
    private final short[] counts = new short[WordNumbers.LIMIT];

    private int number;

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

    /** The number that was found last; {@link WordNumbers#NONE} when there was none. */
    int number() {
        return number;
    }

    /**
     * Finds the text that begins here, if it was added before.
     *
     * @return the place of the byte that ends it; negative when it is not known
     */
    int find(byte[] bytes, int from, int header) {
        int name = name(header);
        int before = 0;
        for (int entry = latest[name]; entry != 0; entry = earlier[entry]) {
            long head = heads[entry];
            if ((int) (head >> Integer.SIZE) == header
                    && (int) head != 0
                    && isAt(entry * LONGS, bytes, from, from + (int) head)) {
                turnTo(name, entry, before);
                return from + (int) head - 1;
            }
            before = entry;
        }
        return -1;
    }

    /** Finds the number of a call that shows none of these arguments. */
    void findEmpty(int header) {
        int name = name(header);
        int before = 0;
        for (int entry = latest[name]; entry != 0; entry = earlier[entry]) {
            if (heads[entry] == (long) header << Integer.SIZE) {
                turnTo(name, entry, before);
                return;
            }
            before = entry;
        }
        number = words.combination(header, NOTHING, 0, 0);
        remember(NOTHING, 0, 0, header);
    }

    private void turnTo(int name, int entry, int before) {
        if (before != 0) {
            earlier[before] = earlier[entry];
            earlier[entry] = latest[name];
            latest[name] = entry;
        }
        number = numbers[entry];
    }

    private boolean isAt(int place, byte[] bytes, int from, int to) {
        int at = place;
        int p = from;
        for (; p + Long.BYTES <= to; p += Long.BYTES) {
            if (keys[at++] != ByteSearch.word(bytes, p)) {
                return false;
            }
        }
        return p == to || keys[at] == WordTable.part(bytes, p, to);
    }

    /**
     * Finds the number of a text that {@link #find} does not know, and adds it.
     *
     * @param to the place after what counts of the text
     * @param next the place of the byte that ends it, whatever follows
     * @param shown the header of what the call shows
     */
    void add(byte[] bytes, int from, int to, int next, int header, int shown) {
        if (next >= from + LONGEST) {
            number = WordNumbers.NONE;
            return;
        }
        number = words.combination(shown, bytes, from, to);
        remember(bytes, from, next + 1, header);
    }

    /** Texts without a number are not remembered: they cost time but no memory. */
    private void remember(byte[] bytes, int from, int to, int header) {
        int name = name(header);
        if (number == WordNumbers.NONE || counts[name] >= OF_NAME) {
            number = WordNumbers.NONE;
            return;
        }
        if (size == numbers.length) {
            earlier = Arrays.copyOf(earlier, 2 * size);
            heads = Arrays.copyOf(heads, 2 * size);
            keys = Arrays.copyOf(keys, 2 * size * LONGS);
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        counts[name]++;
        numbers[size] = (short) number;
        heads[size] = (long) header << Integer.SIZE | to - from;
        int at = size * LONGS;
        for (int p = from; p < to; p += Long.BYTES) {
            keys[at++] = WordTable.part(bytes, p, to);
        }
        earlier[size] = latest[name];
        latest[name] = size;
        size++;
    }
}
