package io.github.strait.start;

/** What a call gets under a profile, as far as it decides whether a program starts. */
enum Reply {
    /** It goes ahead, or does so with some arguments, or somebody else decides. */
    OPEN,
    /** It fails with ENOSYS, after which some callers fall back to another call. */
    NO_SUCH_CALL,
    /** It fails with another error or a signal. */
    REFUSED
}
