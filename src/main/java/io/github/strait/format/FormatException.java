package io.github.strait.format;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;

/** A document cannot be read, or a profile cannot be written. */
public final class FormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    private FormatException(Diagnostic diagnostic) {
        super(diagnostic.message());
        this.diagnostic = diagnostic;
    }

    /** A document that is not what it should be. */
    static FormatException unreadable(SourcePosition position, String message) {
        return new FormatException(Diagnostic.error("unreadable-profile", position, message));
    }

    /** A profile that says more than the format can. */
    static FormatException inexpressible(ProfileFormat format, String message) {
        return new FormatException(
                Diagnostic.error("inexpressible-profile", null, "format '" + format.name() + "' " + message));
    }

    /** What is wrong, where, and how to mend it. */
    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
