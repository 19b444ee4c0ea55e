package io.github.strait.follow;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.Recording;
import io.github.strait.observation.Recording.Fact;
import io.github.strait.observation.Recording.Kind;
import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the runtime of a recorded container executes its program. What it calls before is its own: kept apart, and not what
 * the program needs. Of a container that strait was attached to before it started, the init is the runtime until its
 * first successful execve. A trace that has the runtime's own tasks, too, shows which one enters the container.
 */
final class Handover implements RunWatcher {
    private enum Awaited {
        /** No runtime is in the trace, or its header does not say so. */
        NOTHING,
        /** The first execve of a task that was not forked in the trace. */
        OF_INIT,
        /** The first execve of a task that has entered the container. */
        OF_ENTERED
    }

    /** {@code SECCOMP_SET_MODE_FILTER}; other operations of the call succeed, too. */
    private static final Set<String> SETS_FILTER = Set.of("0x1", "1", "SECCOMP_SET_MODE_FILTER");

    private Awaited awaited = Awaited.NOTHING;
    private boolean isEntered;
    private boolean isOver;
    private boolean isFiltered;
    private @Nullable SourcePosition header;

    /** The header of the run, which comes before all else, says how it was recorded. */
    void begin(Recording recording, SourcePosition at) {
        if (recording.kind() == Kind.EXEC || recording.facts().containsKey(Fact.TASKS)) {
            awaited = Awaited.OF_ENTERED;
        } else if (recording.kind() == Kind.CONTAINER) {
            awaited = Awaited.OF_INIT;
        }
        header = at;
    }

    /** Whether the trace begins with a runtime. */
    boolean isExpected() {
        return awaited != Awaited.NOTHING;
    }

    /** Whether the program was executed. */
    boolean isOver() {
        return isOver;
    }

    /** Whether the trace shows how the runtime installs the filter, so what it called after that is complete. */
    boolean isFiltered() {
        return isFiltered;
    }

    /**
     * What a task without a known parent is.
     *
     * @param ofParents what all tasks are that may be its parent; null if they differ, or if there are none
     */
    Lineage origin(@Nullable Lineage ofParents) {
        if (awaited == Awaited.OF_ENTERED && ofParents != null) {
            return ofParents;
        }
        return isOver || !isExpected() ? Lineage.KEPT : isFiltered ? Lineage.FILTERED : Lineage.RUNTIME;
    }

    /** Whether an execve of this task, which was successful, starts the program. */
    boolean isReached(Task task) {
        Image image = task.context().image();
        return !isOver
                && switch (awaited) {
                    case NOTHING -> false;
                    case OF_INIT -> !task.isForked();
                    case OF_ENTERED -> isEntered && (image.isRootChanged() || image.isUnclaimed());
                };
    }

    /** The program starts. */
    void over() {
        isOver = true;
    }

    /** Whether the whole line of this call shows that it installed a filter. */
    boolean isInstalling(PrintedName printed, Line line) {
        return line.kind() == LineKind.CALL
                && line.ending() == Ending.VALUE
                && awaited == Awaited.OF_INIT
                && !isOver
                && !isFiltered
                && printed.isInstallingFilter()
                && SETS_FILTER.contains(line.arguments().text(0));
    }

    /** A filter was installed. */
    void filtered() {
        isFiltered = true;
    }

    @Override
    public void callEnds(Task task, Tally call, Line line) {
        if (awaited == Awaited.OF_ENTERED && !isOver && line.ending() == Ending.VALUE && call.printed.isEntering()) {
            isEntered = true;
            task.context().image().rootChanged();
        }
    }

    /** A recording of a container that never shows its program has no call of it, so none can be missing. */
    @Override
    public void runEnds(RunFindings findings) {
        if (isExpected() && !isOver && header != null) {
            findings.warn(Diagnostic.warning(
                    "no-program",
                    header,
                    "the recorded container ended before its runtime executed a program, so the trace shows none;"
                            + " see what the engine says of its start"));
        }
    }
}
