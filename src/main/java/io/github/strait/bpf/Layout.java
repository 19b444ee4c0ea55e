package io.github.strait.bpf;

/** In which order a filter looks for the number of a call. */
public enum Layout {
    /** One comparison after the other, the most frequent calls first. */
    LINEAR,
    /** A binary search over ranges of numbers, with tests for the most frequent numbers where they save instructions. */
    TREE,
    /** The one of both that takes fewer instructions for the calls, each named call counting once if nothing is known. */
    AUTO
}
