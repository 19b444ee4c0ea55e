package io.github.strait.start;

/** The fate of a call under a profile, as far as it decides whether a program starts. */
enum Reply {
    /** The call is allowed, at least with some arguments, or a supervisor or tracer decides. */
    OPEN,
    /** It fails with ENOSYS, after which some callers fall back to another call. */
    NO_SUCH_CALL,
    /** It fails with another error or a signal. */
    REFUSED
}
