package io.github.strait.trace.scan;

/**
 * Looks up what calls show of the arguments that count, eight bytes at a time; one thread's part of {@link WordNumbers}.
 * Two lines have one number only if they show the same name and text, and as much of the call.
 */
final class CombinationTable {
    /** A longer text has no number. */
    static final int LONGEST = 120;

    private static final int LONGS = 1 + LONGEST / Long.BYTES;
    private static final int FIRST_SLOTS = 1 << 6;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private static final int RESUMED = 1 << 10;
    private static final int LEADING = 1 << 11;
    private static final int WAITING = 1 << 12;
    private static final int TRAILING = 1 << 13;
    private static final int SHOWN_SHIFT = 14;

    private final WordNumbers words;
    private long[] keys = new long[0];
    private short[] numbers = new short[0];
    private int size;
    private int shift;

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
        int length = to - from;
        if (length > LONGEST) {
            return WordNumbers.NONE;
        }
        if (2 * size >= numbers.length) {
            grow();
        }
        long head = (long) header << Integer.SIZE | length;
        int slot = slot(bytes, from, to, head);
        return numbers[slot] != WordNumbers.NONE ? numbers[slot] : add(bytes, from, to, header, slot);
    }

    /** The slot of a text, or the free one for it. */
    private int slot(byte[] bytes, int from, int to, long head) {
        long hash = head * MIX;
        for (int p = from; p < to; p += Long.BYTES) {
            hash = (hash + WordTable.part(bytes, p, to)) * MIX;
        }
        int slot = (int) (hash >>> shift);
        while (numbers[slot] != WordNumbers.NONE && !isAt(slot * LONGS, bytes, from, to, head)) {
            slot = slot + 1 & numbers.length - 1;
        }
        return slot;
    }

    private boolean isAt(int place, byte[] bytes, int from, int to, long head) {
        if (keys[place] != head) {
            return false;
        }
        int at = place + 1;
        for (int p = from; p < to; p += Long.BYTES) {
            if (keys[at++] != WordTable.part(bytes, p, to)) {
                return false;
            }
        }
        return true;
    }

    /** Texts without a number are not remembered: they cost time but no memory. */
    private int add(byte[] bytes, int from, int to, int header, int slot) {
        int number = words.combination(header, bytes, from, to);
        if (number != WordNumbers.NONE) {
            numbers[slot] = (short) number;
            int at = slot * LONGS;
            keys[at++] = (long) header << Integer.SIZE | to - from;
            for (int p = from; p < to; p += Long.BYTES) {
                keys[at++] = WordTable.part(bytes, p, to);
            }
            size++;
        }
        return number;
    }

    private void grow() {
        long[] oldKeys = keys;
        short[] oldNumbers = numbers;
        int slots = Math.max(FIRST_SLOTS, 2 * oldNumbers.length);
        keys = new long[slots * LONGS];
        numbers = new short[slots];
        shift = Long.SIZE - Integer.numberOfTrailingZeros(slots);
        for (int i = 0; i < oldNumbers.length; i++) {
            if (oldNumbers[i] != WordNumbers.NONE) {
                move(oldKeys, i * LONGS, oldNumbers[i]);
            }
        }
    }

    private void move(long[] oldKeys, int place, short number) {
        long head = oldKeys[place];
        int longs = ((int) head + Long.BYTES - 1) / Long.BYTES;
        long hash = head * MIX;
        for (int i = 1; i <= longs; i++) {
            hash = (hash + oldKeys[place + i]) * MIX;
        }
        int slot = (int) (hash >>> shift);
        while (numbers[slot] != WordNumbers.NONE) {
            slot = slot + 1 & numbers.length - 1;
        }
        numbers[slot] = number;
        System.arraycopy(oldKeys, place, keys, slot * LONGS, LONGS);
    }
}
