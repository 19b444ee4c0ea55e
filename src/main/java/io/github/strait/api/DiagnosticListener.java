package io.github.strait.api;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import java.util.List;

/** Told what there is to say about what is read or written, as it comes up. */
public interface DiagnosticListener {
    /** Called with one diagnostic. */
    default void diagnostic(Diagnostic diagnostic) {
        diagnostics(ImmutableList.of(diagnostic));
    }

    /** Called with diagnostics that belong together, in order. */
    void diagnostics(List<Diagnostic> diagnostics);
}
