package io.github.strait.trace;

import java.util.Arrays;

/** Some consecutive whole lines of a trace, and what a scanner saw of each. */
public final class Block {
    /** Readable bytes after the last line: a scanner reads eight at a time. */
    static final int PADDING = 64;

    private static final long LOW = 0xffff_ffffL;
    private static final int FIRST_MARKS = 1 << 10;

    byte[] bytes;
    int length;
    /** The place of this block among those of the trace, from 0. */
    long index;
    /** Whether its only line was too long and was cut. */
    boolean cut;
    /** Whether the last line has no end, because the trace ends there. */
    boolean open;

    /** Two for each mark: where it begins and the tid, the number and the summary. */
    private long[] words = new long[2 * FIRST_MARKS];

    private int marks;

    Block(int capacity) {
        bytes = new byte[capacity + PADDING];
    }

    int capacity() {
        return bytes.length - PADDING;
    }

    void grow(int limit) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(limit, 2L * capacity()) + PADDING);
    }

    /** Sets how many bytes the block holds, not yet divided into lines. */
    void fill(int count) {
        length = count;
        bytes[count] = '\n';
        marks = 0;
    }

    /** The lines, followed by a line feed and padding; read only. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many of the bytes are lines. */
    public int length() {
        return length;
    }

    /** Divides the block into lines, without looking at any. */
    public void divide() {
        int p = 0;
        while (p < length) {
            add(p, 0, Line.NO_NUMBER, Line.UNSCANNED);
            p = ByteSearch.find(bytes, p, length, (byte) '\n') + 1;
        }
    }

    /**
     * Adds the next line.
     *
     * @param start where it begins
     * @param tid its tid, or the default; ignored for a line that is {@link Line#UNSCANNED}
     * @param number its {@link Line#number}, likewise
     * @param summary what the scanner saw, in any form that it and the handler agree on, or {@link Line#UNSCANNED}
     */
    public void add(int start, int tid, int number, int summary) {
        int at = 2 * marks;
        if (at == words.length) {
            words = Arrays.copyOf(words, 2 * at);
        }
        words[at] = (long) start << Integer.SIZE | tid;
        words[at + 1] = (long) number << Integer.SIZE | summary & LOW;
        marks++;
    }

    /**
     * Adds the next lines, of which the scanner saw the same, and which have no {@link Line#number}; they get one mark.
     *
     * @param start where the first of them begins
     * @param lines how many they are, at least 1
     */
    public void addAlike(int start, int tid, int lines, int summary) {
        add(start, tid, Line.NO_NUMBER + lines - 1, summary);
    }

    /** How many marks there are: one for each line, or for some that are alike. */
    int marks() {
        return marks;
    }

    /** Where the first line of a mark begins. */
    int start(int mark) {
        return (int) (words[2 * mark] >>> Integer.SIZE);
    }

    /** The place of the line feed after the first line of a mark, or the end of the bytes. */
    int end(int mark) {
        if (lines(mark) > 1) {
            return ByteSearch.find(bytes, start(mark), (byte) '\n');
        } else if (mark + 1 < marks) {
            return start(mark + 1) - 1;
        }
        return cut || open ? length : length - 1;
    }

    int tid(int mark) {
        return (int) words[2 * mark];
    }

    /** The {@link Line#number} of each line. */
    int number(int mark) {
        int number = (int) (words[2 * mark + 1] >>> Integer.SIZE);
        return number < 0 ? Line.NO_NUMBER : number;
    }

    /** How many lines have this mark: where there is no number, by how much that place is more than none. */
    int lines(int mark) {
        int number = (int) (words[2 * mark + 1] >>> Integer.SIZE);
        return number < 0 ? 1 + number - Line.NO_NUMBER : 1;
    }

    int summary(int mark) {
        return (int) words[2 * mark + 1];
    }

    /** Takes the first lines of a mark away from it; at least one must remain. */
    void dropFirst(int mark, int count) {
        for (int i = 0; i < count; i++) {
            words[2 * mark] += (long) (end(mark) + 1 - start(mark)) << Integer.SIZE;
            words[2 * mark + 1] -= 1L << Integer.SIZE;
        }
    }
}
