package io.github.strait.bpf;

/** One of the two registers; a filter starts with 0 in both. */
public enum Register {
    /** The accumulator. */
    A,
    /** The index register. */
    X
}
