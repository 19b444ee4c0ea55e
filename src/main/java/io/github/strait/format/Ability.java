package io.github.strait.format;

/** A property of a format: something it can express, or how it expresses it; see {@link Traits}. */
public enum Ability {
    /** On which machines a rule holds: architectures, capabilities and kernels. */
    SCOPES,

    /** Why a rule is there. */
    COMMENTS,

    /**
     * The action for a call. Without it a document lists what is allowed, and a reader denies the rest in its own way.
     */
    ACTIONS,

    /** Which error a denied call returns. Without it readers return EPERM. */
    ERRNOS,

    /** The socket of a supervisor. */
    LISTENER,

    /** A profile without architectures, for any machine that reads it. */
    ANY_MACHINE,

    /** A list of ABIs for each machine; a reader takes the one for its own. */
    MACHINES,

    /** ABIs of both byte orders beside each other. */
    BOTH_BYTE_ORDERS,

    /** Readers look names up in their libseccomp, which may be too old to know them. */
    LIBSECCOMP,

    /** Names of groups of calls, which mean what the release of the reader says. */
    GROUPS,

    /** A document that can be read back. */
    READABLE,

    /** The program that the kernel runs, without the reasons for its rules. */
    COMPILED,

    /** A name for the profile; see {@link Settings}. */
    NAME,

    /** Several readers, each with a dialect; see {@link Settings}. */
    DIALECT,

    /** Directives for some values of arguments; see {@link Settings}. */
    LIMITS,

    /** Bytes that are not text. */
    BINARY
}
