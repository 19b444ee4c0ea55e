package io.github.strait.trace;

import java.util.Arrays;

/** Some consecutive whole lines of a trace, and what a scanner saw of each. */
public final class Block {
    /** Readable bytes after the last line: a scanner reads eight at a time. */
    static final int PADDING = 64;

    private static final long LOW = 0xffff_ffffL;
    private static final int FIRST_LINES = 1 << 10;

    byte[] bytes;
    int length;
    /** The place of this block among those of the trace, from 0. */
    long index;
    /** Whether its only line was too long and was cut. */
    boolean cut;
    /** Whether the last line has no end, because the trace ends there. */
    boolean open;

    /** Two for each line: where it begins and its tid, its number and its summary. */
    private long[] marks = new long[2 * FIRST_LINES];

    private int lines;

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
        lines = 0;
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
        int at = 2 * lines;
        if (at == marks.length) {
            marks = Arrays.copyOf(marks, 2 * at);
        }
        marks[at] = (long) start << Integer.SIZE | tid;
        marks[at + 1] = (long) number << Integer.SIZE | summary & LOW;
        lines++;
    }

    int lines() {
        return lines;
    }

    int start(int line) {
        return (int) (marks[2 * line] >>> Integer.SIZE);
    }

    /** The place of the line feed after a line, or the end of the bytes. */
    int end(int line) {
        if (line + 1 < lines) {
            return start(line + 1) - 1;
        }
        return cut || open ? length : length - 1;
    }

    int tid(int line) {
        return (int) marks[2 * line];
    }

    int number(int line) {
        return (int) (marks[2 * line + 1] >>> Integer.SIZE);
    }

    int summary(int line) {
        return (int) marks[2 * line + 1];
    }
}
