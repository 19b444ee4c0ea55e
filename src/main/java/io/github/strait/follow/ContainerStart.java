package io.github.strait.follow;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Printable;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.RunMark;
import io.github.strait.trace.Line;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a container runtime hands over to the program of its container. What it calls before, to make the container, is
 * not under the filter of that container. Runtimes and bubblewrap change the root with {@code pivot_root} before they
 * execute the program, and programs of other kinds hardly ever do.
 */
final class ContainerStart {
    private static final int LENGTH = 100;

    private @Nullable SourcePosition position;
    private boolean rootChanged;
    private String program = Image.UNKNOWN_PROGRAM;

    /** A task has called {@code pivot_root}. */
    void rootChanged(Image of) {
        rootChanged = true;
        of.rootChanged();
    }

    /** An image has executed a program; in a pid namespace its task may be nobody's child. */
    void executed(Image before, String executed, Line line) {
        boolean isInside = rootChanged && (before.isRootChanged() || before.isUnclaimed());
        if (position == null && isInside && !executed.equals(Image.UNKNOWN_PROGRAM)) {
            position = line.position();
            program = executed;
        }
    }

    /** The warning that the evidence is of the runtime, too. */
    Optional<Diagnostic> warning() {
        String name = Printable.of(program, LENGTH);
        return Optional.ofNullable(position)
                .map(at -> Diagnostic.warning(
                        RunMark.CONTAINER_RUNTIME.label(),
                        at,
                        "a container runtime starts " + name + " here, and its own calls before, such as mount and"
                                + " pivot_root, are in this evidence; keep the container's alone with: --from-program "
                                + name));
    }
}
