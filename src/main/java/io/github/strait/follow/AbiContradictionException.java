package io.github.strait.follow;

import io.github.strait.diagnostic.SourcePosition;

/** The trace proves an ABI that the declared machine cannot run, two that no machine can, or one that no table is of. */
public final class AbiContradictionException extends Exception {
    private static final long serialVersionUID = 1L;

    private static final String CONTRADICTION = "abi-contradiction";
    private static final String NO_TABLE = "no-table";

    private final transient SourcePosition position;
    private final String code;

    AbiContradictionException(SourcePosition position, String message) {
        this(position, CONTRADICTION, message);
    }

    private AbiContradictionException(SourcePosition position, String code, String message) {
        super(message);
        this.position = position;
        this.code = code;
    }

    /** The trace is of a machine that no table is of, whatever machine was declared. */
    static AbiContradictionException of(Stranger stranger, String declared) {
        return new AbiContradictionException(stranger.position(), NO_TABLE, stranger.message(declared));
    }

    /** The code of the diagnostic. */
    public String code() {
        return code;
    }

    /** The line that proves it. */
    public SourcePosition position() {
        return position;
    }
}
