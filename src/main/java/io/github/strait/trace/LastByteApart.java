package io.github.strait.trace;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream whose last byte comes alone. zstd-jni takes the end of its source for that of the content if the bytes that it
 * read last also held the end of a frame, even if the next frame is cut there. So it must read once more in that frame.
 */
final class LastByteApart extends FilterInputStream {
    private static final int END = -1;
    private static final int NOT_READ = -2;

    private int next = NOT_READ;

    LastByteApart(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int value = next == NOT_READ ? in.read() : next;
        next = value == END ? END : in.read();
        return value;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int first = read();
        if (first == END) {
            return END;
        }
        bytes[from] = (byte) first;
        if (length == 1 || next == END) {
            return 1;
        }
        bytes[from + 1] = (byte) next;
        int more = Math.max(0, in.read(bytes, from + 2, length - 2));
        next = bytes[from + 1 + more] & 0xff;
        return 1 + more;
    }

    @Override
    public int available() throws IOException {
        return in.available() + (next >= 0 ? 1 : 0);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
