package io.github.strait.trace.scan;

import io.github.strait.trace.Block;
import io.github.strait.trace.BlockScanner;

/**
 * The scanners of one trace, which share its word numbers. The system property {@code strait.scan=off} makes them
 * recognise nothing: every line is then parsed, with the same result.
 */
public final class TraceScan implements BlockScanner.Factory {
    private static final boolean OFF = "off".equals(System.getProperty("strait.scan"));

    private final WordNumbers words = new WordNumbers();

    @Override
    public BlockScanner scanner(int defaultTid) {
        return OFF ? Block::divide : new LineScanner(words, defaultTid);
    }
}
