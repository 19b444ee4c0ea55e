package io.github.strait.record;

import io.github.strait.diagnostic.RefusalException;

/** The exit statuses where no command was started, as {@code env} and {@code docker run} have them. */
public final class StartStatus {
    /** Strait itself failed. */
    public static final int FAILED = 125;

    /** The command could not be executed. */
    public static final int NOT_EXECUTABLE = 126;

    /** The command was not found. */
    public static final int NOT_FOUND = 127;

    private StartStatus() {}

    /** The status that a refusal stands for. */
    public static int of(RefusalException refusal) {
        return switch (refusal.diagnostic().code()) {
            case "not-found" -> NOT_FOUND;
            case "not-executable" -> NOT_EXECUTABLE;
            default -> FAILED;
        };
    }
}
