package io.github.strait.api;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import java.util.List;

/** Receives the diagnostics about what is read or written, as they come up. */
public interface DiagnosticListener {
    /** Called with one diagnostic. */
    default void diagnostic(Diagnostic diagnostic) {
        diagnostics(ImmutableList.of(diagnostic));
    }

    /** Called with diagnostics that belong together, in order. */
    void diagnostics(List<Diagnostic> diagnostics);
}
