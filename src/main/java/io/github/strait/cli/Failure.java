package io.github.strait.cli;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import java.nio.file.Path;

/** Ends a command with a diagnostic and exit status 2, before anything was written. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    Failure(Diagnostic diagnostic) {
        super(diagnostic.message());
        this.diagnostic = diagnostic;
    }

    /** A failure of the command as a whole. */
    static Failure of(String code, String message) {
        return new Failure(Diagnostic.error(code, null, message));
    }

    /** A failure that concerns a file. */
    static Failure of(String code, Path file, String message) {
        return new Failure(Diagnostic.error(code, SourcePosition.ofFile(file.toString()), message));
    }

    Diagnostic diagnostic() {
        return diagnostic;
    }
}
