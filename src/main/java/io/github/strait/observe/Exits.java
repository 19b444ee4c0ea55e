package io.github.strait.observe;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.trace.Line;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How tasks exited. One that was not killed has called {@code exit} or {@code exit_group}, or another thread has; if strace
 * reports ends and shows no such call, it was told to show some calls only, or somebody has taken lines out.
 */
final class Exits {
    private boolean isCallShown;
    private @Nullable SourcePosition first;

    /** A call begins. */
    void look(Spelling spelling) {
        isCallShown |= spelling.role() == Spelling.Role.EXIT;
    }

    /** A task has ended; the line names a signal if that killed it. */
    void ended(String file, Line line) {
        if (first == null && line.nameStart() == line.nameEnd()) {
            first = new SourcePosition(file, line.lineNumber());
        }
    }

    /**
     * The warning that the calls which made tasks exit are missing.
     *
     * @param calls how many the run shows; without any it is no evidence, and needs no warning
     */
    Optional<Diagnostic> warning(long calls) {
        return first == null || isCallShown || calls == 0
                ? Optional.empty()
                : Optional.of(Diagnostic.warning(
                        "calls-missing",
                        first,
                        "a task exits here, and the trace has neither exit nor exit_group: it shows some calls only, as with "
                                + "-e trace=, -z or behind grep; a profile of it refuses the others; "
                                + Advice.RECORD_AGAIN));
    }
}
