package io.github.strait.trace;

import java.util.Arrays;

/** Some whole lines of a trace, one behind the other, and what a scan has seen of each. */
final class Block {
    /** Bytes behind the last line that may be read, so that eight can be at once. */
    static final int PADDING = 64;

    private static final long LOW = 0xffff_ffffL;
    private static final int FIRST_LINES = 1 << 10;

    byte[] bytes;
    int length;
    /** The place of this block among those of the trace, from 0. */
    long index;
    /** Whether the one line in it was too long, and is cut. */
    boolean cut;
    /** Whether the last line has no end, because the trace ends there. */
    boolean open;

    /** Two for each line: where it begins and its tid, its number and the glance. */
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

    /** The block holds so many bytes now, of lines that nobody has looked at. */
    void fill(int count) {
        length = count;
        bytes[count] = '\n';
        lines = 0;
    }

    void add(int start, int tid, int number, int glance) {
        int at = 2 * lines;
        if (at == marks.length) {
            marks = Arrays.copyOf(marks, 2 * at);
        }
        marks[at] = (long) start << Integer.SIZE | tid;
        marks[at + 1] = (long) number << Integer.SIZE | glance & LOW;
        lines++;
    }

    int lines() {
        return lines;
    }

    int start(int line) {
        return (int) (marks[2 * line] >>> Integer.SIZE);
    }

    /** The place of the line feed behind a line, or the end of the bytes. */
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

    int glance(int line) {
        return (int) marks[2 * line + 1];
    }
}
