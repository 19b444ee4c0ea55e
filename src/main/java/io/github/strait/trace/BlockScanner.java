package io.github.strait.trace;

/**
 * Divides a block into lines, and may recognise some of them before they are parsed. The one in {@link
 * io.github.strait.trace.scan} does; without it every line is parsed. For one thread.
 */
@FunctionalInterface
public interface BlockScanner {
    /** Adds each line of the block to it, in order. */
    void scan(Block block);

    /** Makes the scanners of one trace, one for each thread that reads it. */
    @FunctionalInterface
    interface Factory {
        /** @param defaultTid the tid of lines that carry none */
        BlockScanner scanner(int defaultTid);
    }
}
