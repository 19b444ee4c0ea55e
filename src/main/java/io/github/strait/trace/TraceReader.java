package io.github.strait.trace;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads a trace line by line from a stream. Memory does not grow with the length of the trace, only with that of its
 * longest line, and that up to {@value #LINE_LIMIT} bytes: what is longer is cut there and marked.
 */
public final class TraceReader {
    /** The longest line that is read whole, in bytes; strace can print one of {@code -s} times the vector's length. */
    public static final int LINE_LIMIT = 1 << 26;

    private static final int FIRST_BUFFER = 1 << 18;
    private static final int HEAD = 1 << 14;

    private final InputStream in;
    private final LineParser parser = new LineParser();
    private final Line line = new Line();
    private byte[] buffer;
    private int filled;
    private boolean skipping;
    private Wrapping wrapping = Wrapping.NONE;
    private long lineNumber;

    private final int defaultTid;
    private final int lineLimit;

    /** Reads a trace whose lines carry their tids, or that shows one task. */
    public TraceReader(InputStream in) {
        this(in, 0);
    }

    /**
     * Reads one file of an {@code -ff} set.
     *
     * @param tid the tid of lines that carry none: the number behind the file's name
     */
    public TraceReader(InputStream in, int tid) {
        this(in, tid, LINE_LIMIT);
    }

    /** Reads with another limit than {@value #LINE_LIMIT} for the length of lines. */
    TraceReader(InputStream in, int tid, int lineLimit) {
        this.in = in;
        this.defaultTid = tid;
        this.lineLimit = lineLimit;
        this.buffer = new byte[Math.min(FIRST_BUFFER, lineLimit)];
    }

    /**
     * Reads to the end of the stream and hands each line to the handler; the {@link Line} is valid only inside it.
     *
     * @return how many lines there were
     */
    public long forEach(Consumer<Line> handler) throws IOException {
        readHead();
        int start = 0;
        int searched = 0;
        while (true) {
            int newline = newline(searched);
            if (newline >= 0) {
                emit(start, newline, false, false, handler);
                start = newline + 1;
                searched = start;
                continue;
            }
            if (start > 0) {
                System.arraycopy(buffer, start, buffer, 0, filled - start);
                filled -= start;
                start = 0;
            }
            searched = filled;
            if (filled == buffer.length && !grow()) {
                emit(0, filled, true, false, handler);
                skipping = true;
                filled = 0;
                searched = 0;
            }
            int count = in.read(buffer, filled, buffer.length - filled);
            if (count < 0) {
                if (filled > 0) {
                    emit(0, filled, false, true, handler);
                }
                return lineNumber;
            }
            filled += count;
        }
    }

    /** Reads as much as tells how lines begin, so that it does not depend on the pieces in which the stream comes. */
    private void readHead() throws IOException {
        filled = in.readNBytes(buffer, 0, Math.min(HEAD, buffer.length));
        wrapping = Wrapping.of(buffer, skipByteOrderMark(0, filled), filled);
    }

    private int newline(int from) {
        int place = ByteSearch.find(buffer, from, filled, (byte) '\n');
        return place < filled ? place : -1;
    }

    private boolean grow() {
        if (buffer.length >= lineLimit) {
            return false;
        }
        buffer = Arrays.copyOf(buffer, Math.min(lineLimit, buffer.length * 2));
        return true;
    }

    private void emit(int from, int newline, boolean cut, boolean last, Consumer<Line> handler) {
        if (skipping) {
            // the rest of a line that was too long
            skipping = cut;
            return;
        }
        lineNumber++;
        int start = lineNumber == 1 ? skipByteOrderMark(from, newline) : from;
        int end = newline;
        while (end > start && buffer[end - 1] == '\r') {
            end--;
        }
        while (start < end && buffer[start] == 0) {
            start++;
        }
        start = wrapping.skip(buffer, start, end);
        line.lineNumber = lineNumber;
        line.cutAtLimit = cut;
        line.last = last;
        line.reset(buffer, start, end);
        parser.parse(line);
        if ((line.kind == LineKind.UNPARSED || line.behindText) && Overlay.isOn(buffer, start, end)) {
            byte[] plain = Overlay.without(buffer, start, end);
            line.reset(plain, 0, plain.length);
            parser.parse(line);
        }
        if (line.tid == 0) {
            line.tid = defaultTid;
        }
        handler.accept(line);
    }

    private int skipByteOrderMark(int from, int to) {
        boolean marked = to - from >= 3
                && buffer[from] == (byte) 0xEF
                && buffer[from + 1] == (byte) 0xBB
                && buffer[from + 2] == (byte) 0xBF;
        return marked ? from + 3 : from;
    }
}
