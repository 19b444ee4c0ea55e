package io.github.strait.observe;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.trace.Line;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The children and threads that forks returned. If not one of them has a line, strace was not told to follow them, and what
 * they called is missing: with {@code -f} the least that a child leaves is the line of its end.
 */
final class Children {
    private long count;
    private @Nullable SourcePosition first;

    /** A fork has returned the tid of a child. */
    void add(String file, Line line) {
        count++;
        if (first == null) {
            first = new SourcePosition(file, line.lineNumber());
        }
    }

    /**
     * The warning that they are missing.
     *
     * @param tasks how many tasks have lines
     */
    Optional<Diagnostic> warning(int tasks) {
        return first == null || tasks > 1
                ? Optional.empty()
                : Optional.of(Diagnostic.warning(
                        "children-missing",
                        first,
                        count + (count == 1 ? " call" : " calls")
                                + " made a child or thread, the first here, and the trace has no "
                                + "line of any: what they call is missing; " + Advice.RECORD_AGAIN));
    }
}
