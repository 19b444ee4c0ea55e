package io.github.strait.cli;

import io.github.strait.diagnostic.Printable;
import io.github.strait.evidence.ReadListener;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;

/**
 * A progress line on a terminal: how far the reading of a file is, how fast, what it has found and how long it will
 * take. It appears after a second and is erased at the end. Amounts count bytes of the file, compressed or not; MB are
 * 10⁶ bytes. When several files are read at once, it shows one of them.
 */
final class ProgressLine implements ReadListener, AutoCloseable {
    private static final long SECOND = 1_000_000_000L;
    private static final long INTERVAL = SECOND / 5;
    private static final long THOUSAND = 1_000;
    private static final long MEGABYTE = 1_000_000;
    private static final int FILE_WIDTH = 40;
    private static final String WIPE = "\r\u001b[K";

    private final PrintStream err;
    private long next;
    private final Map<String, Long> began = new HashMap<>();
    private long last;
    private boolean shown;

    /** @param now the time at which the work begins, of {@link System#nanoTime} */
    ProgressLine(PrintStream err, long now) {
        this.err = err;
        this.next = now + SECOND;
        this.last = now;
    }

    @Override
    public void read(String name, long done, long size, long lines, long calls) {
        read(name, done, size, lines, calls, System.nanoTime());
    }

    synchronized void read(String name, long done, long size, long lines, long calls, long now) {
        long start = began.computeIfAbsent(name, file -> last);
        last = now;
        if (now - next < 0) {
            return;
        }
        next = now + INTERVAL;
        shown = true;
        err.print(WIPE + "reading " + Printable.of(name, FILE_WIDTH) + ": "
                + text(done, size, ", " + count(lines) + " lines, " + count(calls) + " calls", now - start));
        err.flush();
    }

    private static String text(long done, long size, String counts, long elapsed) {
        double seconds = Math.max(1, elapsed) / (double) SECOND;
        String speed = ", " + Math.round(done / seconds / MEGABYTE) + " MB/s" + counts;
        if (size <= 0) {
            return done / MEGABYTE + " MB" + speed;
        }
        // a file that still grows
        long known = Math.max(done, size);
        return 100 * done / known + "%" + speed + ", " + duration(Math.round((known - done) * seconds / done))
                + " left";
    }

    /** Rounded down to what still shows that it grows. */
    static String count(long number) {
        if (number < THOUSAND) {
            return Long.toString(number);
        }
        return number < MEGABYTE
                ? number / THOUSAND + " k"
                : number / MEGABYTE + "." + number / (MEGABYTE / 10) % 10 + " M";
    }

    static String duration(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        } else if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }

    @Override
    public void close() {
        if (shown) {
            err.print(WIPE);
            err.flush();
        }
    }
}
