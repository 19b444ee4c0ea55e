package io.github.strait.cli;

import io.github.strait.record.RecordProgress;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Shows the progress of a recording in the title of the terminal, because the program may draw on all lines. When only
 * running processes are recorded, nothing else writes to the terminal, and the progress is a line there. It is erased
 * at the end.
 */
final class RecordingTitle implements RecordProgress, AutoCloseable {
    private static final String BEGIN = "\u001b]0;";
    private static final String END = "\u0007";
    private static final String SAVE = "\u001b[22;0t";
    private static final String RESTORE = BEGIN + END + "\u001b[23;0t";
    private static final String WIPE = "\r\u001b[K";
    private static final double MEGABYTE = 1e6;

    private final PrintStream err;
    private final boolean isLine;
    private boolean shown;

    /** @param isLine whether the terminal is strait's alone */
    RecordingTitle(PrintStream err, boolean isLine) {
        this.err = err;
        this.isLine = isLine;
    }

    @Override
    public void recorded(long lines, long bytes, int tasks) {
        String text =
                String.format(Locale.ROOT, "recording: %d lines, %.1f MB, %d tasks", lines, bytes / MEGABYTE, tasks);
        err.print(isLine ? WIPE + text : (shown ? "" : SAVE) + BEGIN + "strait " + text + END);
        err.flush();
        shown = true;
    }

    @Override
    public void close() {
        if (shown) {
            err.print(isLine ? WIPE : RESTORE);
            err.flush();
        }
    }
}
