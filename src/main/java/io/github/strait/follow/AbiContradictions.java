package io.github.strait.follow;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.Remediation;
import io.github.strait.trace.Line;
import io.github.strait.trace.Positioned;
import java.util.ArrayList;
import java.util.List;

/** Collects contradictory evidence for the ABI of a context, and warns about the first cases. */
final class AbiContradictions {
    private static final int WARNINGS = 3;

    private final List<Diagnostic> warnings = new ArrayList<>();
    private int count;

    List<Diagnostic> warnings() {
        return warnings;
    }

    /** Narrows a context to these ABIs, or warns where it admits none of them. */
    void narrow(Context context, int abis, String reason, Task task, Positioned line) {
        if (context.admits(abis)) {
            context.narrow(abis, reason, task, line);
        } else if (!context.isMixed()) {
            add(context, abis, reason + " cannot be", line.position());
            context.mix();
        }
    }

    /**
     * Evidence contradicts what is known of a context.
     *
     * @param abis the ABIs that it is evidence for
     * @param what as it goes on with the name of the ABI that is known
     */
    void add(Context context, int abis, String what, SourcePosition position) {
        warn(
                "abi-contradiction",
                position,
                what + " on " + Abis.first(context.candidates()).label() + ", which "
                        + context.positionAgainst(abis)
                                .map(SourcePosition::toString)
                                .orElse("the caller")
                        + " proves for this program; a call of another ABI, or an execve is missing; "
                        + Remediation.RECORD_AGAIN);
    }

    /** The columns of {@code -n} and {@code -i} contradict the name of the call. */
    void addColumns(Line line, String message) {
        warn("number-name-mismatch", line.position(), message);
    }

    private void warn(String code, SourcePosition position, String message) {
        if (++count <= WARNINGS) {
            warnings.add(Diagnostic.warning(code, position, message));
        }
    }
}
