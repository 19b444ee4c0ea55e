package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            line.read("a.strace", 10, 100, 0, 0, SECOND);
        }
        assertEquals("", text());
    }

    @Test
    void afterASecondItShowsShareSpeedAndTimeLeftAtMostFiveTimesASecond() {
        try (ProgressLine line = new ProgressLine(err, 0)) {
            line.read("a.strace", 10_000_000, 100_000_000, 140_999, 999, SECOND);
            line.read("a.strace", 11_000_000, 100_000_000, 0, 0, SECOND + 1);
            line.read("a.strace", 99_000_000, 100_000_000, 1_390_000, 1_000_000, 2 * SECOND);
        }
        assertEquals(
                "|reading a.strace: 10%, 10 MB/s, 140 k lines, 999 calls, 9 s left|reading a.strace: 99%, 50 MB/s, 1.3 M lines, 1.0 M calls, 0 s left|",
                text());
    }

    @Test
    void anUnknownSizeShowsTheAmountAndNamesArePrintable() {
        try (ProgressLine line = new ProgressLine(err, 0)) {
            line.read("-\u001b[2J", 3_200_000, 0, 0, 0, SECOND);
        }
        assertEquals("|reading -\\x1b[2J: 3 MB, 3 MB/s, 0 lines, 0 calls|", text());
    }

    @Test
    void eachFileHasItsOwnSpeed() {
        try (ProgressLine line = new ProgressLine(err, 0)) {
            line.read("a", 500_000_000, 500_000_000, 0, 0, SECOND - 1);
            line.read("b", 1_000_000, 2_000_000, 0, 0, 2 * SECOND);
        }
        assertEquals("|reading b: 50%, 1 MB/s, 0 lines, 0 calls, 1 s left|", text());
    }

    @ParameterizedTest
    @CsvSource({
        "1000000, 60000000, 59 s",
        "1000000, 61000000, 1 min 0 s",
        "1000000, 3600000000, 59 min 59 s",
        "1000000, 100000000000, 27 h 46 min"
    })
    void longWaitsAreRounded(long done, long size, String left) {
        try (ProgressLine line = new ProgressLine(err, 0)) {
            line.read("a", done, size, 0, 0, SECOND);
        }
        assertEquals("|reading a: " + 100 * done / size + "%, 1 MB/s, 0 lines, 0 calls, " + left + " left|", text());
    }

    @Test
    void aFileThatGrewIsAllButRead() {
        try (ProgressLine line = new ProgressLine(err, 0)) {
            line.read("a", 30, 20, 0, 0, SECOND);
        }
        assertEquals("|reading a: 100%, 0 MB/s, 0 lines, 0 calls, 0 s left|", text());
    }
}
