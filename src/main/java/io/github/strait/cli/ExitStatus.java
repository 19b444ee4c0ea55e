package io.github.strait.cli;

/** The exit statuses, as {@code diff} and {@code grep} use them. */
final class ExitStatus {
    static final int DONE = 0;
    /** Drift, a denied call, a lint error, evidence below the asked-for quality. */
    static final int FINDING = 1;
    /** Bad usage, unreadable or undecodable input, a file that cannot be written. */
    static final int TROUBLE = 2;

    private ExitStatus() {}
}
