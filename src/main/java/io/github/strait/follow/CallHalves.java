package io.github.strait.follow;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.Omission;
import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;

/** Counts calls with a missing half. */
final class CallHalves {
    private final Omissions omissions;
    private final RunStart start;

    CallHalves(Omissions omissions, RunStart start) {
        this.omissions = omissions;
        this.start = start;
    }

    /** A task makes another call, and the one before has neither ended nor been resumed. */
    void endMissing(Task task, PrintedName printed, Line line) {
        SourcePosition cut = task.cutAt();
        if (cut != null) {
            omissions.add(Omission.LINES_CUT, cut, "");
        } else if (printed.role() != PrintedName.Role.EXIT) {
            omissions.add(Omission.HALVES_MISSING, line.position(), "the end of " + printed.name());
        }
    }

    /**
     * A call is resumed that has no beginning. That of a task which strace was attached to is older than the trace, and that
     * of a task which was being killed may not be known as such: {@code ????( <unfinished ...>}.
     */
    void beginningMissing(Task task, PrintedName printed, Line line) {
        if ((start.isShown() || !task.isFresh()) && line.ending() != Ending.NO_RESULT) {
            omissions.add(Omission.HALVES_MISSING, line.position(), "the beginning of " + printed.name());
        }
    }
}
