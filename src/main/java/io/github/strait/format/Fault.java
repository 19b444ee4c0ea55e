package io.github.strait.format;

import java.util.OptionalInt;

/**
 * A fault in the writing of a document: what no runtime, or not every one, reads as it was meant.
 *
 * @param line where it stands, from 1
 * @param rule the index of the rule that it is in
 * @param what what is wrong, without a final stop
 * @param fix what to write instead, in one clause
 */
public record Fault(Kind kind, int line, OptionalInt rule, String what, String fix) {
    /** The kinds of faults. */
    public enum Kind {
        /** The document is something else, or holds the profile somewhere inside. */
        NOT_A_PROFILE,
        /** An action that no runtime knows. */
        UNKNOWN_ACTION,
        /** An operator that no runtime knows. */
        UNKNOWN_OPERATOR,
        /** A token or name of an architecture that no runtime knows. */
        UNKNOWN_ARCHITECTURE,
        /** A name in a scope that no machine has. */
        UNKNOWN_MACHINE,
        /** A flag that no runtime knows. */
        UNKNOWN_FLAG,
        /** A key that says something under another name. */
        MISNAMED_KEY,
        /** A key that no runtime reads. */
        UNKNOWN_KEY,
        /** A key that is missing. */
        MISSING_KEY,
        /** A value of another type. */
        WRONG_TYPE,
        /** A number in quotes, negative, fractional or too large. */
        BAD_NUMBER,
        /** Moby's old {@code name}. */
        SINGULAR_NAME,
        /** A capability or a kernel version that never matches. */
        BAD_SCOPE,
        /** An error by its name, which only Podman reads. */
        SYMBOLIC_ERRNO
    }
}
