package io.github.strait.trace;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads traces that tests hold in memory in blocks of any size, by any number of threads. */
public final class Portions {
    private Portions() {}

    /**
     * Reads a trace as the program does.
     *
     * @param blockSize in bytes, at least 1
     */
    public static void read(byte[] trace, int blockSize, int workers, LineHandler handler) {
        try {
            new TraceReader(new ByteArrayInputStream(trace), "trace", 0, blockSize, TraceReader.LINE_LIMIT)
                    .forEach(handler, new Words(), workers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
