package io.github.strait.trace.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineKind;
import io.github.strait.trace.ScannedLine;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a scan says of a line, kept to be compared with what is parsed of it. */
final class SeenLine {
    private static final Pattern ENDED = Pattern.compile(" (0|[1-9]\\d*|0x[0-9a-fA-F]+)$");

    final int summary;
    private final int tid;
    private final int number;
    private @Nullable String line;
    private String head = "";
    private AddressRange firstArgument = AddressRange.OTHER;
    private long lastNumber;

    SeenLine(int tid, int number, int summary) {
        this.tid = tid;
        this.number = number;
        this.summary = summary;
    }

    /** With the parts of its text. */
    SeenLine(ScannedLine seen) {
        this(seen.tid(), seen.number(), seen.summary());
        String text = new String(seen.bytes(), seen.start(), seen.end() - seen.start(), StandardCharsets.ISO_8859_1);
        line = text;
        if (ScanSummary.isCall(summary)) {
            head = text.substring(0, seen.nameEnd() - seen.start());
            firstArgument = AddressRange.at(seen.bytes(), seen.nameEnd() + 1);
        }
        lastNumber = ScanSummary.isEndedByValue(summary) ? seen.lastNumber() : 0;
    }

    /** The line says the same, and nothing that a summary does not hold. */
    void isAs(Line line, WordNumbers words, String text) {
        boolean isCall = ScanSummary.isCall(summary);
        if (ScanSummary.isFurniture(summary)) {
            assertTrue(line.kind() == LineKind.FRAME || line.kind() == LineKind.DUMP, text);
            return;
        }
        assertEquals(line.tid(), tid, text);
        assertEquals(0, line.addressDigits() + line.attachedTid() + line.markerTid() + line.otherTid(), text);
        if (ScanSummary.isExit(summary) || ScanSummary.isChildSignal(summary)) {
            assertEquals(ScanSummary.isExit(summary) ? LineKind.EXIT : LineKind.SIGNAL, line.kind(), text);
            assertEquals(ScanSummary.isExit(summary) ? "" : "SIGCHLD", line.name(), text);
            return;
        }
        assertTrue(isCall || ScanSummary.isResumed(summary), text);
        assertEquals(isCall ? LineKind.CALL : LineKind.RESUMED, line.kind(), text);
        assertEquals(line.number(), number, text);
        assertEquals(line.ending(), ScanSummary.ending(summary), text);
        assertEquals(number(words, line.name()), ScanSummary.name(summary), text);
        if (line.ending() == Ending.ERROR) {
            assertEquals(number(words, line.errno()), ScanSummary.errno(summary), text);
        } else if (line.ending() == Ending.VALUE) {
            assertTrue(isIn(ScanSummary.value(summary), line.value()), text);
        }
        if (ScanSummary.returnsOwnTid(summary)) {
            assertEquals(tid, line.value(), text);
        }
        if (this.line != null) {
            isTextAs(line, this.line, text);
        }
    }

    /** The parts of the text that the scan vouches for are those that the parser finds. */
    private void isTextAs(Line parsed, String seen, String text) {
        assertEquals(parsed.text(), seen, text);
        if (ScanSummary.isCall(summary)) {
            assertEquals(seen.substring(0, parsed.nameEnd() - parsed.start()), head, text);
        }
        if (firstArgument != AddressRange.OTHER) {
            assertTrue(isIn(firstArgument, parsed.arguments().hexadecimal(0).orElseThrow()), text);
        }
        if (ScanSummary.isEndedByValue(summary)) {
            assertEquals(Ending.VALUE, parsed.ending(), text);
            assertEquals(parsed.value(), lastNumber, text);
            assertTrue(ENDED.matcher(seen).find(), text);
        }
    }

    private static boolean isIn(AddressRange range, long value) {
        return switch (range) {
            case OTHER -> true;
            case LOW -> value >= 0 && value >>> 32 == 0;
            case MIDDLE -> value >>> 44 > 0 && value >>> 47 == 0;
            case HIGH -> value >>> 47 == 1;
        };
    }

    private static int number(WordNumbers words, String word) {
        byte[] bytes = word.getBytes(StandardCharsets.ISO_8859_1);
        return words.number(bytes, 0, bytes.length);
    }
}
