package io.github.strait.record;

/** Receives the progress of a recording about once a second. */
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
