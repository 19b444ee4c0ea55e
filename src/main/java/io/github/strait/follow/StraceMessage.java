package io.github.strait.follow;

import io.github.strait.trace.Line;
import java.util.List;
import java.util.Optional;

/** A sentence of strace's about itself: whether it let go of tasks, or failed. */
record StraceMessage(String text) {
    private static final String NAME = "strace";

    /** Sentences that do not mean anything is missing. */
    private static final List<String> HARMLESS = List.of(
            "Process ",
            "[ Process ",
            "Requested path ",
            "WARNING: ",
            "Exit of unknown pid ",
            "Stopped on signal ",
            "Stray PTRACE_EVENT",
            "Detached unknown pid ",
            "Failed to tamper ",
            "[wait(",
            "umove",
            "pid ",
            "-");

    /** How sentences end that are about a task which died. */
    private static final String DEAD = "No such process";

    /** Longer than the distinctive part of any of these sentences. */
    private static final int LENGTH = 120;

    private static final String LIMIT = "System call limit has been reached";

    /** The message in a line; empty when there is none. */
    static Optional<StraceMessage> of(Line line) {
        return of(line.text(LENGTH));
    }

    /** The message in a line, from strace's name on; empty when there is none. */
    static Optional<StraceMessage> of(String line) {
        String text = line.strip();
        if (text.startsWith("Process ")) {
            return Optional.of(new StraceMessage(text));
        }
        int colon = text.indexOf(": ");
        String name = colon < 0 ? "" : text.substring(text.lastIndexOf('/', colon) + 1, colon);
        return name.startsWith(NAME) && name.indexOf(' ') < 0
                ? Optional.of(new StraceMessage(text.substring(colon + 2)))
                : Optional.empty();
    }

    /** Whether strace let go of a task; old versions said so of each task that ended, too. */
    boolean isDetaching() {
        return text.startsWith(LIMIT) || (text.startsWith("Process ") && text.endsWith(" detached"));
    }

    /** Whether strace failed at something. */
    boolean isFailure() {
        return !text.startsWith(LIMIT)
                && !text.endsWith(DEAD)
                && HARMLESS.stream().noneMatch(text::startsWith);
    }
}
