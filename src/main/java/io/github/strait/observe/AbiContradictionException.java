package io.github.strait.observe;

import io.github.strait.diagnostic.SourcePosition;

/** The trace proves an ABI that the declared machine cannot run, or two that no machine can. */
public final class AbiContradictionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient SourcePosition position;

    AbiContradictionException(SourcePosition position, String message) {
        super(message);
        this.position = position;
    }

    /** The line that proves it. */
    public SourcePosition position() {
        return position;
    }
}
