package io.github.strait.diagnostic;

import org.jspecify.annotations.Nullable;

/**
 * One thing that the user should know about the input or the result.
 *
 * @param severity how much it matters
 * @param code a stable name in kebab case, printed in brackets
 * @param position where it was found, or null when it concerns no one place
 * @param message one sentence without a final stop that says what, and the fix in one clause
 */
public record Diagnostic(
        Severity severity, String code, @Nullable SourcePosition position, String message) {

    public static Diagnostic error(String code, @Nullable SourcePosition position, String message) {
        return new Diagnostic(Severity.ERROR, code, position, message);
    }

    public static Diagnostic warning(String code, @Nullable SourcePosition position, String message) {
        return new Diagnostic(Severity.WARNING, code, position, message);
    }

    public static Diagnostic note(String code, @Nullable SourcePosition position, String message) {
        return new Diagnostic(Severity.NOTE, code, position, message);
    }

    /** {@code FILE:LINE: warning: what [code]} with every control character made visible. */
    @Override
    public String toString() {
        String place = position == null ? "strait: " : Printable.of(position.toString()) + ": ";
        return place + severity.label() + ": " + Printable.of(message) + " [" + code + "]";
    }
}
