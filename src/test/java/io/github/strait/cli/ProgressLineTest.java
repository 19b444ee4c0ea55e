package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static final long SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(written, true, StandardCharsets.UTF_8);

    private String text() {
        return written.toString(StandardCharsets.UTF_8).replace("\r\u001b[K", "|");
    }

    @Test
    void quickWorkShowsNothing() {
        try (ProgressLine line = new ProgressLine(err, 5)) {
            line.read("a.strace", 10, 100, SECOND);
        }
        assertEquals("", text());
    }

    @Test
    void afterASecondItShowsTheShareAtMostFiveTimesASecond() {
        try (ProgressLine line = new ProgressLine(err, 0)) {
            line.read("a.strace", 10, 100, SECOND);
            line.read("a.strace", 11, 100, SECOND + 1);
            line.read("a.strace", 99, 100, 2 * SECOND);
        }
        assertEquals("|reading a.strace: 10%|reading a.strace: 99%|", text());
    }

    @Test
    void anUnknownSizeShowsTheAmountAndNamesArePrintable() {
        try (ProgressLine line = new ProgressLine(err, 0)) {
            line.read("-\u001b[2J", 3 << 20, 0, SECOND);
        }
        assertEquals("|reading -\\x1b[2J: 3 MiB|", text());
    }
}
