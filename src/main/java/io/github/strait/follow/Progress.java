package io.github.strait.follow;

/** Receives the progress of reading a trace. */
@FunctionalInterface
public interface Progress {
    /**
     * More of the trace was read.
     *
     * @param lines lines so far, in this file and the files of the set before it
     * @param calls how many of them are calls or begin one
     */
    void read(long lines, long calls);
}
