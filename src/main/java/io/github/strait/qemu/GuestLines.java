package io.github.strait.qemu;

import io.github.strait.trace.ByteSearch;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Divides a log into lines, in bounded memory: of a longer line only the beginning is seen. */
final class GuestLines {
    /** Bytes. The arguments of one execve may be longer, and the call is known by its name. */
    static final int LONGEST = 1 << 18;

    /** Takes the lines. */
    @FunctionalInterface
    interface Handler {
        /**
         * Takes one line.
         *
         * @param bytes holds the line from {@code from} until {@code to}, without its end
         * @param number from 1
         * @param isWhole false for the beginning of a longer line, and for the last line where it has no line feed
         */
        void line(byte[] bytes, int from, int to, long number, boolean isWhole);
    }

    private final InputStream in;
    private final LongConsumer portion;
    private final byte[] buffer = new byte[LONGEST];
    private long number;
    /** Whether the beginning of this line was handed over. */
    private boolean isLong;

    /** @param portion told how many lines there are so far, after each portion that is read */
    GuestLines(InputStream in, LongConsumer portion) {
        this.in = in;
        this.portion = portion;
    }

    /** Reads to the end, and returns the number of lines. */
    long forEach(Handler handler) throws IOException {
        int filled = 0;
        int count = in.read(buffer, 0, buffer.length);
        while (count >= 0) {
            filled = use(filled + count, handler);
            portion.accept(number);
            count = in.read(buffer, filled, buffer.length - filled);
        }
        if (filled > 0 && !isLong) {
            handler.line(buffer, 0, filled, ++number, false);
        }
        return number;
    }

    /** Hands over the lines, and returns how many bytes of the next one there are. */
    private int use(int end, Handler handler) {
        int from = 0;
        int at = ByteSearch.find(buffer, from, end, (byte) '\n');
        while (at < end) {
            if (!isLong) {
                int stop = at > from && buffer[at - 1] == '\r' ? at - 1 : at;
                handler.line(buffer, from, stop, ++number, true);
            }
            isLong = false;
            from = at + 1;
            at = ByteSearch.find(buffer, from, end, (byte) '\n');
        }
        if (from == 0 && end == buffer.length) {
            if (!isLong) {
                handler.line(buffer, 0, end, ++number, false);
            }
            isLong = true;
            return 0;
        }
        System.arraycopy(buffer, from, buffer, 0, end - from);
        return end - from;
    }
}
