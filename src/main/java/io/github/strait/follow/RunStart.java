package io.github.strait.follow;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.Omission;
import io.github.strait.trace.Line;
import org.jspecify.annotations.Nullable;

/** Whether a run shows the start of its program: the first call of one of its files is an execve. */
final class RunStart implements RunWatcher {
    private final Handover handover;
    private @Nullable SourcePosition firstCall;
    private boolean isFileStart = true;
    private boolean isShown;

    RunStart(Handover handover) {
        this.handover = handover;
    }

    /** Whether the execve was seen by now. */
    boolean isShown() {
        return isShown;
    }

    /** The program of a container starts, and what was before is its runtime's. */
    void programStarts() {
        isShown = true;
    }

    /** Whether the next call is the first one of a file. */
    boolean isAwaited() {
        return isFileStart;
    }

    /** Looks at each call that begins. */
    void look(PrintedName printed, Line line) {
        if (isFileStart) {
            isFileStart = false;
            isShown |= printed.role() == PrintedName.Role.EXECVE;
            firstCall = firstCall == null ? line.position() : firstCall;
        }
    }

    /** Of the program of a container, its runtime would have executed it; see {@link Handover}. */
    private boolean isOfProgram() {
        return !handover.isExpected() || handover.isOver();
    }

    @Override
    public void fileEnds(FileEnd end) {
        isFileStart = true;
    }

    /** Where calls were left out, execve may be one of them. */
    @Override
    public void runEnds(RunFindings findings) {
        boolean isMissing = !isShown && isOfProgram() && !findings.omissions().has(Omission.CALLS_MISSING);
        if (isMissing && firstCall != null && !findings.names().isEmpty()) {
            findings.omissions().add(Omission.START_MISSING, firstCall, "");
        }
    }
}
