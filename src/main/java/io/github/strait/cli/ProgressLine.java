package io.github.strait.cli;

import io.github.strait.diagnostic.Printable;
import io.github.strait.observe.ReadListener;
import java.io.PrintStream;

/** One line on a terminal that says how far the reading is, once it has taken a second; it is wiped out at the end. */
final class ProgressLine implements ReadListener, AutoCloseable {
    private static final long SECOND = 1_000_000_000L;
    private static final long INTERVAL = SECOND / 5;
    private static final int FILE_WIDTH = 40;
    private static final String WIPE = "\r\u001b[K";

    private final PrintStream err;
    private long next;
    private boolean shown;

    /** @param now the time at which the work begins, of {@link System#nanoTime} */
    ProgressLine(PrintStream err, long now) {
        this.err = err;
        this.next = now + SECOND;
    }

    @Override
    public void read(String file, long done, long size) {
        read(file, done, size, System.nanoTime());
    }

    void read(String file, long done, long size, long now) {
        if (now - next < 0) {
            return;
        }
        next = now + INTERVAL;
        shown = true;
        String share = size > 0 ? Math.min(100, 100 * done / size) + "%" : done / (1 << 20) + " MiB";
        err.print(WIPE + "reading " + Printable.of(file, FILE_WIDTH) + ": " + share);
        err.flush();
    }

    @Override
    public void close() {
        if (shown) {
            err.print(WIPE);
            err.flush();
        }
    }
}
