package io.github.strait.diagnostic;

import java.nio.file.Path;

/**
 * Thrown when the user's input cannot be used: an option, evidence, a profile, a machine without strace. The diagnostic
 * says what is wrong, where, and the fix. Any other exception is a fault of the program.
 */
public final class RefusalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    public RefusalException(Diagnostic diagnostic) {
        super(diagnostic.message());
        this.diagnostic = diagnostic;
    }

    /** An option or an argument that cannot be used. */
    public static RefusalException usage(String message) {
        return of("usage", message);
    }

    /** A refusal that concerns no one place. */
    public static RefusalException of(String code, String message) {
        return new RefusalException(Diagnostic.error(code, null, message));
    }

    /** A refusal that concerns a file as a whole. */
    public static RefusalException of(String code, Path file, String message) {
        return of(code, SourcePosition.ofFile(file.toString()), message);
    }

    /** A refusal that concerns a place. */
    public static RefusalException of(String code, SourcePosition position, String message) {
        return new RefusalException(Diagnostic.error(code, position, message));
    }

    /** The same refusal of what stands at that place. */
    public RefusalException at(SourcePosition position) {
        RefusalException placed = of(diagnostic.code(), position, diagnostic.message());
        placed.initCause(this);
        return placed;
    }

    /** The diagnostic: what is wrong, where, and the fix. */
    public Diagnostic diagnostic() {
        return diagnostic;
    }

    /** The problem and the fix, without the place. */
    @Override
    public String getMessage() {
        return diagnostic.message();
    }

    /** The type and the diagnostic with its place, for stack traces. */
    @Override
    public String toString() {
        return RefusalException.class.getName() + ": " + diagnostic;
    }
}
