package io.github.strait.follow;

import io.github.strait.trace.Line;

/** Whether lines that are not calls show that strace wrote the run. */
final class StraceOrigin {
    private boolean certain;
    private long messages;

    /** Only a signal's name makes {@code --- NAME ---} certain: prose may hold rules of dashes around a word. */
    void look(Line line) {
        switch (line.kind()) {
            case RESUMED, EXIT, SUPERSEDED, PERSONALITY -> certain = true;
            case SIGNAL -> certain |= line.name().startsWith("SIG");
            case MESSAGE -> messages++;
            default -> {}
        }
    }

    /** Whether further lines show nothing new. */
    boolean isCertain() {
        return certain;
    }

    /** Whether the run is of strace: sentences of its own may be another program's, but not where they are most of the lines. */
    boolean prevailsOver(long unparsed) {
        return certain || messages > unparsed;
    }
}
