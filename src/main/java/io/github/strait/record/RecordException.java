package io.github.strait.record;

import io.github.strait.diagnostic.Diagnostic;

/** Nothing was recorded: an old trace of the same name is as it was. */
public final class RecordException extends Exception {
    /** Strait itself failed. */
    public static final int FAILED = 125;
    /** The command could not be executed. */
    public static final int NOT_EXECUTABLE = 126;
    /** The command was not found. */
    public static final int NOT_FOUND = 127;

    private static final long serialVersionUID = 1;

    private final int exitStatus;
    private final transient Diagnostic diagnostic;

    RecordException(int exitStatus, String code, String message) {
        super(message);
        this.exitStatus = exitStatus;
        this.diagnostic = Diagnostic.error(code, null, message);
    }

    /** 125, 126 or 127, as {@code env} and {@code docker run} have them. */
    public int exitStatus() {
        return exitStatus;
    }

    /** What to tell the user. */
    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
