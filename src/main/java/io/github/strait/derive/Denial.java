package io.github.strait.derive;

/**
 * A call that is denied with an error other than the default.
 *
 * @param errno the name of the error that it returns
 * @param reason why
 * @param cause what caused the decision
 */
public record Denial(String errno, String reason, Cause cause) {
    /** The cause of a denial, the weakest first. */
    public enum Cause {
        /** Callers fall back when they get this error. */
        FALLBACK,
        /** The evidence shows the call, and its callers use another one when they get this error. */
        REPLACED,
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
