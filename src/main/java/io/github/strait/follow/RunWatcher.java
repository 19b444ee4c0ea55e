package io.github.strait.follow;

import io.github.strait.trace.Line;

/**
 * Watches a run for one thing. {@link RunObserver} calls every watcher at each of these moments, in the order of its
 * list; a watcher overrides those that it needs.
 *
 * <p>All of these moments are rare. Calling all watchers for each parsed line and call took a fifth of the time of a
 * long trace, so the few that need every line or call are also called directly: {@link SharedStream}, {@link FileEnds},
 * {@link RunStart}, {@link CallFilter} and {@link ArgumentWatch}. Lines that show what the run has shown before are not
 * parsed, and no watcher sees them: the ends of tasks that were not killed after the first, and SIGCHLD.
 */
interface RunWatcher {
    /**
     * A line that is neither a call nor a half of one, nor a frame, a dump, a note or blank: a task's end, a signal, a message, a row of a
     * table, the header, or a line that was not understood. It is shown before anything follows from it.
     */
    default void otherLine(Line line) {}

    /** A call ends that changes tasks (see {@link PrintedName#isRepeatable}), or whose result will not follow. */
    default void callEnds(Task task, Tally call, Line line) {}

    /**
     * A program was executed.
     *
     * @param before the image that executed it
     * @param program its path, or {@link Image#UNKNOWN_PROGRAM}
     */
    default void programStarts(Image before, String program, Line line) {}

    /** A file was read to its end. */
    default void fileEnds(FileEnd end) {}

    /** The trace was read to its end, and no task lives. */
    default void runEnds(RunFindings findings) {}
}
