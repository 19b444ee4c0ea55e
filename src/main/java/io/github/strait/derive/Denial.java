package io.github.strait.derive;

/**
 * A call that is not allowed and does not get the default action either.
 *
 * @param errno the name of the error that it gets
 * @param reason why
 * @param cause what decided so
 */
public record Denial(String errno, String reason, Cause cause) {
    /** What decided that a call is denied, the weakest first. */
    public enum Cause {
        /** Callers fall back when they get this error. */
        FALLBACK,
        /** The evidence shows the call, and it always failed with this error. */
        ELIDED,
        /** The user asked for it. */
        ASKED
    }

    /** The one of two that counts when ABIs share a rule. */
    Denial or(Denial other) {
        return other.cause.compareTo(cause) > 0 ? other : this;
    }
}
