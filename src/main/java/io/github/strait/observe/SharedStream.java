package io.github.strait.observe;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a run was written to a stream that the traced program may write to, too: its own text could then look like
 * lines of strace. Only what such a stream alone shows counts: tids in brackets, messages about attaching, and, where no
 * line has a tid as in a file, text that is not strace's. A trace of one task that shows none of this may be either.
 */
final class SharedStream {
    private @Nullable SourcePosition sign;
    private @Nullable SourcePosition foreign;
    private boolean ofFile;

    void look(String file, Line line) {
        if (sign != null || ofFile) {
            return;
        }
        if (line.isBracketed() || line.attachedTid() != 0) {
            sign = new SourcePosition(file, line.lineNumber());
        } else if (line.tid() != Task.ANONYMOUS) {
            // a file of strace's own; its damage proves nothing
            ofFile = true;
        } else if (foreign == null && (line.kind() == LineKind.UNPARSED || line.kind() == LineKind.CONTINUATION)) {
            foreign = new SourcePosition(file, line.lineNumber());
        }
    }

    /** Whether no further line with a tid changes anything. */
    boolean isSettled() {
        return sign != null || ofFile;
    }

    /** The warning about it; empty when nothing shows that others could write to the stream. */
    Optional<Diagnostic> warning() {
        SourcePosition position = sign != null ? sign : ofFile ? null : foreign;
        return Optional.ofNullable(position)
                .map(at -> Diagnostic.warning(
                        RunMark.SHARED_STREAM.label(),
                        at,
                        "written to a stream that the program can write to as well, and so forge calls; "
                                + Advice.RECORD_AGAIN));
    }
}
