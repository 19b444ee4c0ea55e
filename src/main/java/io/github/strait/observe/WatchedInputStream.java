package io.github.strait.observe;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells a listener of each portion that is read. */
final class WatchedInputStream extends FilterInputStream {
    private final String file;
    private final long size;
    private final ReadListener listener;
    private long done;

    WatchedInputStream(InputStream in, String file, long size, ReadListener listener) {
        super(in);
        this.file = file;
        this.size = size;
        this.listener = listener;
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        tell(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int count = in.read(buffer, from, length);
        tell(count);
        return count;
    }

    private void tell(int count) {
        if (count > 0) {
            done += count;
            listener.read(file, done, size);
        }
    }
}
