package io.github.strait.trace;

import io.github.strait.diagnostic.SourcePosition;

/**
 * A line that a {@link BlockScanner} recognised, not parsed: what the scan saw, and the bytes that it vouches for. The reader
 * reuses one object for all lines, so it is valid only until the next one.
 */
public final class ScannedLine implements Positioned {
    private static final int DECIMAL = 10;
    private static final int HEXADECIMAL = 16;

    private final String file;
    private long lineNumber;
    private int tid;
    private int number;
    private int summary;
    private byte[] bytes = {};
    private int start;
    private int end;

    ScannedLine(String file) {
        this.file = file;
    }

    /** Goes on with the first line of a mark. */
    void set(Block block, int mark, long numberOfLine) {
        lineNumber = numberOfLine;
        tid = block.tid(mark);
        number = block.number(mark);
        summary = block.summary(mark);
        bytes = block.bytes;
        start = block.start(mark);
        end = block.end(mark);
    }

    /** The number of the line in its file, from 1. */
    public long lineNumber() {
        return lineNumber;
    }

    @Override
    public SourcePosition position() {
        return new SourcePosition(file, lineNumber);
    }

    /** The tid of the line, 0 where there is none. */
    public int tid() {
        return tid;
    }

    /** The syscall number that {@code -n} printed, or {@link Line#NO_NUMBER}. */
    public int number() {
        return number;
    }

    /** What the scanner saw; never {@link Line#UNSCANNED}. */
    public int summary() {
        return summary;
    }

    /** The buffer that the places point into. */
    public byte[] bytes() {
        return bytes;
    }

    /** The place of the first byte of the line. */
    public int start() {
        return start;
    }

    /** The place after the last byte of the line. */
    public int end() {
        return end;
    }

    /** The place after the name of a call that begins on this line: nothing that stands in front of it has a bracket like its own. */
    public int nameEnd() {
        return ByteSearch.find(bytes, start, (byte) '(');
    }

    /** The number after the last space, decimal or hexadecimal; only where the scanner saw that the line ends with one. */
    public long lastNumber() {
        int from = end;
        while (bytes[from - 1] != ' ') {
            from--;
        }
        boolean isHex = bytes[from + 1] == 'x';
        int base = isHex ? HEXADECIMAL : DECIMAL;
        long value = 0;
        for (int p = isHex ? from + 2 : from; p < end; p++) {
            value = base * value + Character.digit(bytes[p], base);
        }
        return value;
    }
}
