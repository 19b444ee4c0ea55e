package io.github.strait.observation;

import java.util.Locale;

/** A limit to the trust in the evidence of a run. */
public enum RunMark {
    /** Written to a terminal or a stream that the program could write to as well, and so forge lines of. */
    SHARED_STREAM,
    /** Read from the tables of {@code -c} alone: names and counts, without what never returned. */
    SUMMARY_ONLY,
    /** A container runtime makes a container in it, whose filter those calls are not under. */
    CONTAINER_RUNTIME,
    /** Holds stack frames, in which the program could forge lines. */
    STACK_FRAMES,
    /** Only what chosen programs did: the rest of the trace is left out. */
    PROGRAM_ONLY;

    /** The word in observations, which is also the code of the warning: {@code shared-stream}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
