package io.github.strait.evidence;

import io.github.strait.follow.Progress;
import io.github.strait.trace.Compression;
import io.github.strait.trace.TraceReader;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** One file of evidence, or standard input, while it is read: its decompressed bytes. */
final class EvidenceStream implements AutoCloseable, Progress {
    /** Bytes; below, starting threads costs what they save. */
    private static final long LARGE = 8L << 20;

    /** A trace has at least so many times the bytes of what compressors make of it. */
    private static final int COMPRESSION = 16;

    private static final int BUFFER = 1 << 16;

    /** More would wait for those that read and count, which are one at a time. */
    private static final int MOST_WORKERS = 4;

    /** Counts what is read, by whichever thread. */
    private static final class Counted extends FilterInputStream {
        private volatile long done;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int count = in.read(buffer, from, length);
            count(count);
            return count;
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread reads at a time
        private void count(int count) {
            done += Math.max(0, count);
        }
    }

    private final String name;
    private final long size;
    private final Counted counted;
    private final boolean isCompressed;
    private final BufferedInputStream in;
    private final ReadListener listener;

    /** @param size in bytes; 0 when it is not known */
    EvidenceStream(String name, InputStream in, long size, ReadListener listener) throws IOException {
        this.name = name;
        this.size = size;
        this.counted = new Counted(in);
        BufferedInputStream buffered = new BufferedInputStream(counted, TraceReader.buffer(BUFFER, size));
        this.isCompressed = Compression.isCompressed(buffered);
        this.in = Compression.open(buffered, workers());
        this.listener = listener;
    }

    static EvidenceStream open(String file, InputStream stdin, ReadListener listener) throws IOException {
        if (file.equals(EvidenceFiles.STDIN)) {
            return new EvidenceStream(file, stdin, 0, listener);
        }
        Path path = Path.of(file);
        return new EvidenceStream(file, stream(path), Files.size(path), listener);
    }

    /** The channel of a pipe, as in {@code strait generate <(cat trace)}, has no size and fails when asked for it. */
    private static InputStream stream(Path file) throws IOException {
        return Files.isRegularFile(file) ? Files.newInputStream(file) : new FileInputStream(file.toFile());
    }

    /** As the user named it. */
    String name() {
        return name;
    }

    BufferedInputStream in() {
        return in;
    }

    /** How many bytes {@link #in} has; 0 when it is not known. */
    long size() {
        return isCompressed ? 0 : size;
    }

    /** How many threads should read it: one reads a small file, or what is piped, as fast as several. */
    int workers() {
        return size >= (isCompressed ? LARGE / COMPRESSION : LARGE)
                ? Math.min(Runtime.getRuntime().availableProcessors(), MOST_WORKERS)
                : 1;
    }

    @Override
    public void read(long lines, long calls) {
        listener.read(name, counted.done, size, lines, calls);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
