package io.github.strait.record;

/** Receives the progress of a recording about once a second. */
@FunctionalInterface
public interface RecordProgress {
    /** Wants to know nothing. */
    RecordProgress NONE = found -> {};

    /** The recording goes on. */
    void recorded(Discovery found);
}
