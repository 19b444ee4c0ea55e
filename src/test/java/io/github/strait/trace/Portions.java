package io.github.strait.trace;

import io.github.strait.trace.scan.TraceScan;
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
        read(trace, 0, blockSize, new TraceScan(), workers, handler);
    }

    /**
     * Reads a trace in one block.
     *
     * @param tid the tid of lines that carry none
     * @return how many lines there were
     */
    public static long read(byte[] trace, int tid, BlockScanner.Factory scanners, LineHandler handler) {
        return read(trace, tid, trace.length + 1, scanners, 1, handler);
    }

    /**
     * Reads one file of a trace.
     *
     * @param tid the tid of lines that carry none
     * @param blockSize in bytes, at least 1
     * @return how many lines there were
     */
    public static long read(
            byte[] trace, int tid, int blockSize, BlockScanner.Factory scanners, int workers, LineHandler handler) {
        try {
            return new TraceReader(new ByteArrayInputStream(trace), "trace", tid, blockSize, TraceReader.LINE_LIMIT)
                    .forEach(handler, scanners, workers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
