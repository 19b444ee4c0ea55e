package io.github.strait.trace;

import io.github.strait.diagnostic.SourcePosition;

/** A line whose place a message can name. */
public interface Positioned {
    /** The file and the number of the line: a new value, to be made only where something is to be said of the line. */
    SourcePosition position();
}
