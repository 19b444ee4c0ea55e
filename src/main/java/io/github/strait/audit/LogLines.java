package io.github.strait.audit;

import io.github.strait.trace.ByteSearch;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/**
 * Cuts a log into lines, in bounded memory: of a longer line only the beginning is seen. In the journal's export form a
 * line that is the name of a field alone stands before the length of its value and the value, which is no line whatever it
 * holds.
 */
final class LogLines {
    /** Bytes; no logger writes longer lines of the kernel. */
    static final int LONGEST = 1 << 16;

    private static final int BUFFER = 1 << 18;

    /** Takes the lines. */
    @FunctionalInterface
    interface Handler {
        /**
         * Takes one line.
         *
         * @param bytes holds the line from {@code from} until {@code to}, without its end
         * @param number from 1
         */
        void line(byte[] bytes, int from, int to, long number);
    }

    private final InputStream in;
    private final boolean isExport;
    private final LongConsumer portion;
    private final byte[] buffer = new byte[BUFFER];
    private long number;
    /** Whether the beginning of this line was handed over. */
    private boolean isLong;
    /** Whether the length of a value comes next. */
    private boolean isLength;
    /** Bytes of a value that are still to come, with the line feed after it. */
    private long value;

    /**
     * Lines of a stream.
     *
     * @param isExport whether values may be binary
     * @param portion told how many lines there are so far, after each portion that is read
     */
    LogLines(InputStream in, boolean isExport, LongConsumer portion) {
        this.in = in;
        this.isExport = isExport;
        this.portion = portion;
    }

    /** Reads to the end, and returns the number of lines. */
    long forEach(Handler handler) throws IOException {
        int end = 0;
        while (true) {
            int count = in.read(buffer, end, buffer.length - end);
            if (count < 0) {
                break;
            }
            int used = use(end + count, handler);
            end = end + count - used;
            System.arraycopy(buffer, used, buffer, 0, end);
            portion.accept(number);
        }
        if (end > 0 && !isLong) {
            hand(handler, 0, end);
        }
        return number;
    }

    /** Hands over the lines that end before {@code end}, and returns how many bytes are done with. */
    private int use(int end, Handler handler) {
        int from = 0;
        while (from < end) {
            if (value > 0) {
                int part = (int) Math.min(value, end - from);
                value -= part;
                for (int stop = from + part; from < stop; from++) {
                    number += buffer[from] == '\n' ? 1 : 0;
                }
                continue;
            }
            if (isLength) {
                if (end - from < Long.BYTES) {
                    return from;
                }
                isLength = false;
                long length = ByteSearch.word(buffer, from);
                // a damaged length is not believed, and what follows are lines
                value = length < 0 || length == Long.MAX_VALUE ? 0 : length + 1;
                from += Long.BYTES;
                continue;
            }
            int at = ByteSearch.find(buffer, from, end, (byte) '\n');
            if (at == end && end - from <= LONGEST) {
                return from;
            }
            if (!isLong) {
                hand(handler, from, at);
            }
            isLong = at == end;
            from = Math.min(at + 1, end);
        }
        return end;
    }

    private void hand(Handler handler, int from, int to) {
        int stop = Math.min(to > from && buffer[to - 1] == '\r' ? to - 1 : to, from + LONGEST);
        handler.line(buffer, from, stop, ++number);
        isLength = isExport && to > from && ByteSearch.find(buffer, from, to, (byte) '=') == to;
    }
}
