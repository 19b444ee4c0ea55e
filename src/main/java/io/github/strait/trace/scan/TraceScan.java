package io.github.strait.trace.scan;

import io.github.strait.trace.Block;
import io.github.strait.trace.BlockScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The scanners of one trace after the other, which share their word numbers. The system property {@code strait.scan=off}
 * makes them recognise nothing: every line is then parsed, with the same result.
 */
public final class TraceScan implements BlockScanner.Factory {
    private static final boolean OFF = "off".equals(System.getProperty("strait.scan"));

    private final WordNumbers words;
    private final List<LineScanner> scanners = new ArrayList<>(1);
    private int used;

    /** A scan that takes calls of one name alike, whatever their arguments. */
    public TraceScan() {
        this(name -> null);
    }

    /** @param spans the arguments that count of a call, by its name; null for none */
    public TraceScan(Function<String, @Nullable ArgumentSpan> spans) {
        words = new WordNumbers(spans);
    }

    /** Begins another file. The scanners of the last one are no longer in use, and serve again. */
    public synchronized void begin() {
        used = 0;
    }

    /** Whether another trace should have a scan of its own, because this one has seen too many words. */
    public boolean isSpent() {
        return words.isSpent();
    }

    @Override
    public synchronized BlockScanner scanner(int defaultTid) {
        if (OFF) {
            return Block::divide;
        }
        if (used == scanners.size()) {
            scanners.add(new LineScanner(words, defaultTid));
        }
        LineScanner scanner = scanners.get(used++);
        scanner.begin(defaultTid);
        return scanner;
    }
}
