package io.github.strait.follow;

import io.github.strait.diagnostic.Printable;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.RunMark;
import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a container runtime hands over to the program of its container. Its earlier calls, which make the
 * container, are not under the container's filter. Runtimes and bubblewrap change the root with {@code pivot_root}
 * before they execute the program, and programs of other kinds hardly ever do.
 */
final class ContainerStart implements RunWatcher {
    private static final int LENGTH = 100;

    private final Handover handover;
    private @Nullable SourcePosition position;
    private boolean rootChanged;
    private String program = Image.UNKNOWN_PROGRAM;

    /** @param handover which keeps a runtime apart that a header names */
    ContainerStart(Handover handover) {
        this.handover = handover;
    }

    @Override
    public void callEnds(Task task, Tally call, Line line) {
        if (line.ending() == Ending.VALUE && call.printed.isChangingRoot()) {
            rootChanged = true;
            task.context().image().rootChanged();
        }
    }

    /** In a pid namespace the parent of a task may be unknown. */
    @Override
    public void programStarts(Image before, String started, Line line) {
        boolean isInside = rootChanged && (before.isRootChanged() || before.isUnclaimed());
        if (position == null && isInside && !started.equals(Image.UNKNOWN_PROGRAM)) {
            position = line.position();
            program = started;
        }
    }

    /** Warns that the evidence is of the runtime, too. */
    @Override
    public void runEnds(RunFindings findings) {
        if (position != null && !handover.isExpected()) {
            String name = Printable.of(program, LENGTH);
            findings.mark(
                    RunMark.CONTAINER_RUNTIME,
                    position,
                    "a container runtime starts " + name + " here, and its own calls before, such as mount and"
                            + " pivot_root, are in this evidence; keep the container's alone with: --from-program "
                            + name);
        }
    }
}
