package io.github.strait.cli;

import io.github.strait.record.Discovery;
import io.github.strait.record.RecordProgress;
import io.github.strait.record.TerminalWidth;
import java.io.PrintStream;

/**
 * Shows the progress of a recording on a terminal. A command has the terminal, too, and may draw on all lines of it: then
 * the title of the window shows it. When running processes are recorded, nothing else writes to the terminal, and a line
 * shows it, which is erased at the end.
 */
final class RecordingView implements RecordProgress, AutoCloseable {
    private static final String BEGIN = "\u001b]0;";
    private static final String END = "\u0007";
    private static final String SAVE = "\u001b[22;0t";
    private static final String RESTORE = BEGIN + END + "\u001b[23;0t";
    private static final String WIPE = "\r\u001b[K";
    /** A terminal that became narrower a moment ago cuts the line instead of continuing it on the next. */
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";
    private static final int TITLE = 100;

    private final PrintStream err;
    private final Terminal terminal;
    private final RecordingText text;
    private final boolean isLine;
    private final TerminalWidth width = new TerminalWidth();
    private boolean shown;

    /** @param isLine whether the terminal is strait's alone */
    RecordingView(PrintStream err, Terminal terminal, boolean isLine) {
        this.err = err;
        this.terminal = terminal;
        this.text = new RecordingText(!terminal.hasUnicode());
        this.isLine = isLine;
    }

    @Override
    public void recorded(Discovery found) {
        if (isLine && terminal.hasLines()) {
            // the last column stays free: some terminals go to the next line after it
            show(WIPE + NO_WRAP + text.of(found, width.columns() - 1) + WRAP);
        } else if (!isLine && terminal.hasTitle()) {
            show((shown ? "" : SAVE) + BEGIN + "strait " + text.of(found, TITLE) + END);
        }
    }

    private void show(String bytes) {
        err.print(bytes);
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
