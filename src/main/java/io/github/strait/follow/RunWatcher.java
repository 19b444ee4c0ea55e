package io.github.strait.follow;

import io.github.strait.trace.Line;

/**
 * Watches a run for one thing. {@link RunObserver} tells every watcher of each moment, in the order of its list; a watcher
 * overrides the moments that it needs.
 *
 * <p>All of these moments are rare. Telling all watchers of each parsed line and call cost a fifth of the time of a long
 * trace, so those few that need every line or call are also asked directly: {@link SharedStream}, {@link FileEnds},
 * {@link RunStart} and {@link ArgumentWatch}.
 */
interface RunWatcher {
    /**
     * A line that is neither a call nor a half of one, nor a frame, a dump, a note or blank: a task's end, a signal, a message, a row of a
     * table, or a line that was not understood. It is shown before anything follows from it.
     */
    default void otherLine(Line line) {}

    /** A call begins that its context has not counted yet: the first of its name and number. */
    default void newCall(Tally call, Line line) {}

    /** A call ends that changes tasks, as {@link PrintedName#isRepeatable} tells, or whose result will not follow. */
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
