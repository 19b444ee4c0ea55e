package io.github.strait.record;

/** Is told about once a second how far a recording is. */
@FunctionalInterface
public interface RecordProgress {
    /** Wants to know nothing. */
    RecordProgress NONE = (lines, bytes, tasks) -> {};

    /**
     * The recording goes on.
     *
     * @param lines how many lines the trace has
     * @param bytes how large it is
     * @param tasks how many processes and threads are traced now
     */
    void recorded(long lines, long bytes, int tasks);
}
