package io.github.strait.record;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out whether a recording ends before what it records, and why. */
final class EarlyEnd {
    static final String CODE = "incomplete";

    private static final int SIGKILL = 9;
    private static final int SIGXFSZ = 25;
    /** Less room on a disk than this means that it is full: a file system may keep a block or two. */
    private static final long ROOM = 1 << 16;

    private EarlyEnd() {}

    /**
     * Of a command's recording, which must go to the end of all that the command started.
     *
     * @param status how strace ended: as the command did, if all went well
     * @return why it is not whole, and what has become of the command
     */
    static Optional<String> ofCommand(int status, TraceEnd end, Survivors survivors, Path written) {
        boolean isEndSeen = end.unended().isEmpty() && end.rootStatus().isPresent();
        boolean isSame = isEndSeen
                && (end.rootStatus().getAsInt() == status
                        || (end.rootStatus().getAsInt() == TraceEnd.KILLED && status > TraceEnd.KILLED));
        if (isSame && !end.isCut() && end.damaged() == 0) {
            return Optional.empty();
        }
        return Optional.of(cause(status, isSame, written) + "; " + survivors.text());
    }

    /**
     * Of a recording of processes that ran already, which may end while they run.
     *
     * @param isLetGo whether strace ended as it does when it lets the processes go, or when they have ended
     */
    static Optional<String> ofAttached(int status, boolean isLetGo, TraceEnd end, Path written) {
        boolean isWhole = !end.isCut() && end.damaged() == 0;
        return isLetGo && isWhole ? Optional.empty() : Optional.of(cause(status, isLetGo, written));
    }

    private static String cause(int status, boolean isOrderly, Path written) {
        if (isFull(written)) {
            return "the disk is full, and lines are missing";
        }
        int signal = status - TraceEnd.KILLED;
        if (!isOrderly && signal == SIGKILL) {
            return "strace was killed by SIGKILL (a kill -9, or the kernel out of memory)";
        } else if (signal == SIGXFSZ) {
            return "the trace has reached the limit on the size of files (ulimit -f), and strace was killed";
        } else if (!isOrderly && signal > 0) {
            return "strace was killed by signal " + signal;
        }
        return isOrderly
                ? "lines are missing or in pieces, as strace could not write them (a full disk, or ulimit -f)"
                : "strace ended before the program, with status " + status + ", and says why above";
    }

    private static boolean isFull(Path written) {
        try {
            return Files.getFileStore(written).getUsableSpace() < ROOM;
        } catch (IOException e) {
            return false;
        }
    }

    /** For the user. */
    static Diagnostic diagnostic(Path trace, String why) {
        return Diagnostic.error(
                CODE, SourcePosition.ofFile(trace.toString()), "the evidence is incomplete, record again: " + why);
    }
}
