package io.github.strait.observation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Something that is missing from the trace of a run, in the order of the summary. */
public enum Omission {
    /** Tasks that had not ended when the trace ends: strace was killed, or the trace was cut. */
    TASKS_UNENDED,
    /** strace let tasks go that were still running. */
    DETACHED,
    /** strace reported a failure of its own. */
    STRACE_FAILED,
    /** Lines that end in the middle. */
    LINES_CUT,
    /** Calls with only one half in the trace. */
    HALVES_MISSING,
    /** The execve that started the program, and what the program did until strace was attached. */
    START_MISSING,
    /** Children and threads that a call returned and that have no line. */
    CHILDREN_MISSING,
    /** Children whose files of an {@code -ff} set were written over by later tasks of the same tid. */
    FILES_OVERWRITTEN,
    /** Calls that strace was told to leave out. */
    CALLS_MISSING,
    /** Lines that the kernel or a logger suppressed. */
    LINES_LOST;

    /** The word in observations, which is also the code of the warning: {@code tasks-unended}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The omission of this {@link #label}; empty when there is none, as in an observation of a later version. */
    public static Optional<Omission> find(String label) {
        return Arrays.stream(values())
                .filter(omission -> omission.label().equals(label))
                .findFirst();
    }
}
