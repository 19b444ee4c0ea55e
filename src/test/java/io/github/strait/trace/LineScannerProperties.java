package io.github.strait.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scan is sure of is what the parser finds. */
class LineScannerProperties {
    private static final String[] PIECES = {
        "\"", "\\", "\\\"", "(", ")", "[", "]", "{", "}", "<", ">", "/*", "*/", " = ", ") = 0", "= ?",
                " <unfinished ...>",
        " resumed>", "<... ", "0x", "-1 E", "-1", "0", "7", " ", "  ", ",", "\r", "\0", ":", ".", "[pid ", "[ 12] ",
                "<3>",
        "AT_FDCWD", "</tmp>", "(deleted)", "=>", "12:00:01 ", "1700000000.5 ", "x", "?", "\u00ff", "\t", "#", "_"
    };

    /** A line of some recording in which something was inserted, left out or replaced. */
    @Provide
    Arbitrary<String> damaged() {
        Arbitrary<String> line = Arbitraries.of(Recordings.lines());
        Arbitrary<Integer> place = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 1 << 16),
                Arbitraries.integers().between(0, 12),
                Arbitraries.just(-1));
        Arbitrary<List<Integer>> places = place.list().ofMaxSize(3);
        Arbitrary<List<String>> pieces = Arbitraries.of(PIECES).list().ofSize(3);
        Arbitrary<Integer> taken = Arbitraries.oneOf(Arbitraries.integers().between(0, 4), Arbitraries.just(1 << 16));
        return Combinators.combine(line, places, pieces, taken).as((text, at, put, left) -> {
            StringBuilder changed = new StringBuilder(text);
            for (int i = 0; i < at.size(); i++) {
                int from = Math.floorMod(at.get(i), changed.length() + 1);
                int to = Math.min(changed.length(), from + left);
                changed.replace(from, to, put.get(i));
            }
            return changed.toString();
        });
    }

    /** Lines that are nearly of the usual kinds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 5 read(3) = 1",
                "12345678 read(3) = 1",
                "12345678901 read(3) = 1",
                "1 [ 1234567] read(3) = 1",
                "1 [1073741827] read(3) = 1",
                "[pid 0] read(3) = 1",
                "12:00:1 read(3) = 1",
                " 12:00:01 read(3) = 1",
                "1 1.5 1.5 read(3) = 1",
                "write(1, \"abc\\",
                "write(1, \"abc) = 5",
                "write(1, \"abc <unfinished ...>",
                "write(1</tmp/a <unfinished ...>",
                "write(1</a> b>, 2 <unfinished ...>",
                "write(1 /* a <unfinished ...>",
                "mmap(0) = 0x",
                "mmap(0) = 0xg",
                "read(3) = -01 ENOENT (x)",
                "read(3) = -0x1 ENOENT (x)",
                "read(3) = -1<x> ENOENT (x)",
                "read(3) = -1",
                "read(3) = -1 (errno 512)",
                "read(3) = -1  ENOENT",
                "read(3) = -38",
                "read(3) = 3</a) = 4>",
                "read(3) = 3</a) = 4> x",
                "read(3) = 3</a>(deleted)",
                "read(3) = 1 \r",
                "read(3) = ?x",
                "read(3)= 0",
                "read(3) =0",
                "<... read resumed> <unfinished ...>) = ?",
                "<... read resumed><unfinished ...>",
                "<... read resumed>x) = -1 EAGAIN",
                "<... read  resumed>) = 0",
                "read(3) = 99999999999999999999",
                " > a [0x1]",
                " > ",
                " >",
                " | \r",
            })
    void aNearlyUsualLineIsSeenAsItIsParsed(String line) {
        isSeenAsParsed(line, 0);
        isSeenAsParsed("7 " + line, 0);
        isSeenAsParsed(line + "\n8 getpid() = 8", 0);
    }

    @Property(tries = 20_000)
    void aDamagedLineIsSeenAsItIsParsed(@ForAll("damaged") String line, @ForAll @IntRange(max = 1) int tid) {
        isSeenAsParsed(line, tid * 77);
    }

    @Property(tries = 2_000)
    void anyLineIsSeenAsItIsParsed(@ForAll Random random) {
        for (String line : new RandomTrace(random).grow(12).text().split("\n")) {
            isSeenAsParsed(line, 0);
        }
    }

    /** Or else nothing would be gained. */
    @Property(tries = 1)
    void mostLinesAreSeen() {
        long seen = Recordings.lines().stream()
                .filter(line -> isSeenAsParsed(line, 0))
                .count();
        assertTrue(
                seen > 0.7 * Recordings.lines().size(),
                seen + " of " + Recordings.lines().size());
    }

    /** Compares the two; whether the scan was sure. */
    private static boolean isSeenAsParsed(String text, int tid) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        Block block = new Block(bytes.length + 1);
        System.arraycopy(bytes, 0, block.bytes, 0, bytes.length);
        block.bytes[bytes.length] = '\n';
        block.fill(bytes.length + 1);
        Words words = new Words();
        new LineScanner(words, tid).scan(block);
        int glance = block.glance(0);
        assertEquals(text.chars().filter(c -> c == '\n').count() + 1, block.lines(), text);
        if (glance == Glance.UNSURE) {
            return false;
        }
        int end = block.end(0);
        while (end > 0 && bytes[end - 1] == '\r') {
            end--;
        }
        Line line = new Line();
        line.reset(block.bytes, 0, end);
        LineParser parser = new LineParser();
        parser.parse(line, false);
        Overlay.retry(parser, line, false, true);
        if (!Glance.isCall(glance) && !Glance.isResumed(glance)) {
            assertTrue(line.kind == LineKind.FRAME || line.kind == LineKind.DUMP, text);
            return true;
        }
        assertEquals(Glance.isCall(glance) ? LineKind.CALL : LineKind.RESUMED, line.kind, text);
        assertEquals(line.tid == 0 ? tid : line.tid, block.tid(0), text);
        assertEquals(line.number, block.number(0), text);
        assertEquals(line.ending, Glance.ending(glance), text);
        assertEquals(0, line.addressDigits + line.attachedTid + line.markerTid + line.otherTid, text);
        assertEquals(number(words, line.name()), Glance.name(glance), text);
        assertEquals(line.ending == Ending.ERROR ? number(words, line.errno()) : 0, Glance.errno(glance), text);
        if (Glance.returnsOwnTid(glance)) {
            assertEquals(block.tid(0), line.value, text);
        }
        return true;
    }

    private static int number(Words words, String word) {
        byte[] bytes = word.getBytes(StandardCharsets.ISO_8859_1);
        return words.number(bytes, 0, bytes.length);
    }
}
