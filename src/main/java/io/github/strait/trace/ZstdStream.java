package io.github.strait.trace;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of a zstd file, whose frames are decompressed ahead by the threads of the common pool. From a frame on that
 * {@link ZstdPortion} does not take, or that is damaged, the file is streamed: there the library alone decides what is
 * content, and what is wrong with the rest.
 */
final class ZstdStream extends InputStream {
    /**
     * The fewest threads that read and scan for which this pays. A quarter of their work is decompressing in a stream,
     * which one of them does while the others scan: with fewer threads all of them are busy anyway.
     */
    static final int LEAST_READERS = 4;

    /** The largest frame that is decompressed apart, in bytes: that of {@link ZstdPacker} and of {@code pzstd}. */
    static final int FRAME_LIMIT = 8 << 20;

    /** Portions: two threads decompress twice as fast as the others scan. */
    private static final int AHEAD = 3;

    private final InputStream in;
    private final int limit;
    private final int ahead;
    private final Deque<ZstdPortion> waiting = new ArrayDeque<>();
    private final byte[] single = new byte[1];
    /** What is read now. */
    private @Nullable ZstdPortion current;
    /** What comes after those that wait, and is not a portion. */
    private @Nullable ZstdPortion last;
    /** Where the rest is streamed. */
    private @Nullable InputStream rest;

    ZstdStream(InputStream in) {
        this(in, FRAME_LIMIT, AHEAD);
    }

    /**
     * Reads with other limits.
     *
     * @param limit that of each {@link ZstdPortion}
     * @param ahead how many of them are decompressed before they are read; at least 1
     */
    ZstdStream(InputStream in, int limit, int ahead) {
        this.in = in;
        this.limit = limit;
        this.ahead = ahead;
    }

    /** The content of a zstd file that is read in one thread, as the library reads it. */
    static InputStream streamed(InputStream in) throws IOException {
        return new ZstdInputStream(new LastByteApart(in));
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        while (rest == null) {
            int count = current == null ? 0 : current.read(bytes, from, length);
            if (count > 0 || length == 0) {
                return count;
            }
            advance();
        }
        return rest.read(bytes, from, length);
    }

    /** Comes to the next portion, or to the rest. */
    private void advance() throws IOException {
        ZstdPortion free = current;
        while (last == null && waiting.size() < ahead) {
            ZstdPortion portion = free == null ? new ZstdPortion(limit) : free;
            free = null;
            if (portion.fill(in)) {
                portion.start();
                waiting.add(portion);
            } else {
                last = portion;
            }
        }
        current = waiting.poll();
        if (current == null || !current.isWhole()) {
            rest = rest(current);
        }
    }

    private InputStream rest(@Nullable ZstdPortion damaged) throws IOException {
        List<InputStream> parts = new ArrayList<>();
        if (damaged != null) {
            parts.add(damaged.packed());
        }
        waiting.forEach(portion -> parts.add(portion.packed()));
        if (last != null) {
            parts.add(last.packed());
        }
        parts.add(in);
        return streamed(new SequenceInputStream(Collections.enumeration(parts)));
    }

    @Override
    public void close() throws IOException {
        try (InputStream file = in;
                InputStream streamed = rest) {
            // both
        }
    }
}
