package io.github.strait.follow;

import io.github.strait.trace.Line;

/** Lines that are no calls, and yet show that strace wrote them. */
final class StraceOrigin {
    private boolean certain;
    private long messages;

    /** Looks at a line that is recognised and begins no call. Prose may hold rules of dashes around a word. */
    void look(Line line) {
        switch (line.kind()) {
            case RESUMED, EXIT, SUPERSEDED, PERSONALITY -> certain = true;
            case SIGNAL -> certain |= line.name().startsWith("SIG");
            case MESSAGE -> messages++;
            default -> {}
        }
    }

    /** Whether the run is of strace: sentences of its own may be somebody else's, but not where they are most of the lines. */
    boolean prevailOver(long unparsed) {
        return certain || messages > unparsed;
    }
}
