package io.github.strait.observation;

import io.github.strait.diagnostic.Diagnostic;

/** Evidence that cannot be read at all; the diagnostic names the file, the line and the fix. */
public final class EvidenceException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    public EvidenceException(Diagnostic diagnostic) {
        super(diagnostic.message());
        this.diagnostic = diagnostic;
    }

    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
