package io.github.strait.trace.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.trace.Block;
import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineHandler;
import io.github.strait.trace.Portions;
import io.github.strait.trace.RandomTrace;
import io.github.strait.trace.Recordings;
import io.github.strait.trace.ScannedLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scan says of a line is what the parser finds, and leaves no doubt. */
class LineScannerProperties {
    private static final String[] PIECES = {
        "\"",
        "\\",
        "\\\"",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "<",
        ">",
        "/*",
        "*/",
        " = ",
        ") = 0",
        "= ?",
        " <unfinished ...>",
        " resumed>",
        "<... ",
        "0x",
        "-1 E",
        "-1",
        "0",
        "7",
        " ",
        "  ",
        ",",
        "\r",
        "\0",
        ":",
        ".",
        "[pid ",
        "[ 12] ",
        "<3>",
        "+++ ",
        "+++",
        " ---",
        "--- ",
        "exited with ",
        "SIG",
        "0x7f",
        "AT_FDCWD",
        "</tmp>",
        "(deleted)",
        "=>",
        "12:00:01 ",
        "1700000000.5 ",
        "x",
        "?",
        "\u00ff",
        "\t",
        "#",
        "_"
    };

    private static final String[] ODD_ENDS = {"", "\r", "\r\n", "\n\n", " \n", "\r\r\n", "\n > ", "\n | ", "\n\0"};

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
                "+++ exited with 0 +++",
                "+++ exited with 12345678901 +++",
                "+++ exited with  +++",
                "+++ exited with 0 +++ ",
                "+++ exited with 0 +++\r",
                "+++ exited with 0 0 +++",
                "+++ exited with -1 +++",
                "+++ killed by SIGKILL +++",
                "++ exited with 0 +++",
                "--- SIGCHLD {si_signo=SIGCHLD} ---",
                "--- SIGCHLD (Child exited) ---",
                "--- SIGCHLD {si_signo=SIGCHLD} --- x",
                "--- SIGCHLD {si_signo=SIGCHLD} ---\r",
                "--- SIGCHLD {---",
                "--- SIGSYS {si_signo=SIGSYS} ---",
                "12:00:01 +++ exited with 0 +++",
                "[ 12] +++ exited with 0 +++",
                "-1 +++ exited with 0 +++",
                "+++ exited with 0 +++ x) = 0",
                "mmap(0) = 0xffffffff",
                "mmap(0) = 0x0fffffffff",
                "mmap(0) = 0x0fffffffffff",
                "mmap(0) = 0x100000000000",
                "mmap(0) = 0x7fffffffffff",
                "mmap(0) = 0x800000000000",
                "mmap(0) = 0xffffffffffff",
                "mmap(0) = 0xFFFFFFFFFFFF",
                "mmap(0) = 0x1000000000000",
                "mmap(0) = 0x7fffffffffffffff",
                "mmap(0) = 0xfFfFfFfFfFfFfFfF",
                "mmap(0) = 0x7f1234560000<a>",
                "mmap(0) = 0x7f1234560000 (flags 12)",
                "clone(0) = 0",
                "clone(0) = 012",
                "clone(0) = 12 ",
                "clone(0) = 12\r",
                "clone(0) = 12\0",
                "clone(0) = -12",
                "clone(0) = 12<a>",
                "clone(0) = 12<) = 13",
                "clone(0) = 12<a 13",
                "clone(0) = 12 <0.000013>",
                "clone(0) = 12 (INJECTED)",
                "clone(0) = 12 (a 13",
                "clone(0) =  12",
                "clone(0) = 1 2",
                "clone(0) = 999999999999999999",
                "[pid     9] clone(0) = 12",
                "9 12:00:01.5 [   56] clone(0) = 12",
                "<... clone resumed>0) = 12",
                "<... clone resumed>(0) = 12",
                "clone(\"(0x7f1234560000) = 12",
                "clone((0x7f1234560000)) = 12",
                "mprotect(0x7f1234560000, 1) = 0",
                "mprotect(0x7F1234560000, 1) = 0",
                "mprotect(0x7f1234560000) = 0",
                "mprotect(0x7f1234560000g, 1) = 0",
                "mprotect(0x7f1234560000<a>, 1) = 0",
                "mprotect(0x7f1234560000 /* a */, 1) = 0",
                "mprotect(0x00007f1234560000, 1) = 0",
                "mprotect(0x3ff80000000, 1) = 0",
                "mprotect(0xffff80000000, 1) = 0",
                "mprotect(0xf7f00000, 1) = 0",
                "mprotect(0xf, 1) = 0",
                "mprotect(0x, 1) = 0",
                "mprotect(0x) = 0",
                "mprotect(0X7f1234560000, 1) = 0",
                "mprotect(7x7f1234560000, 1) = 0",
                "mprotect(0x7f123456000000000, 1) = 0",
                "mprotect(, 0x7f1234560000) = 0",
                "mprotect( 0x7f1234560000, 1) = 0",
                "mprotect(addr=0x7f1234560000, 1) = 0",
                "mprotect(0x7f1234560000 <unfinished ...>",
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
        for (String line : RandomTrace.text(random, 12).split("\n")) {
            isSeenAsParsed(line, 0);
        }
    }

    /** Whole traces, in any blocks, by any number of threads, and whichever lines need to be parsed all the same. */
    @Property(tries = 3_000)
    void eachLineOfATraceIsSeenAsItIsParsed(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 60) int count,
            @ForAll @IntRange(min = 1, max = 3_000) int block,
            @ForAll @IntRange(min = 1, max = 3) int workers) {
        String text = trace(random, RandomLines.of(random, count));
        int tid = random.nextInt(3) == 0 ? 77 : 0;
        byte[] trace = text.getBytes(StandardCharsets.ISO_8859_1);
        WordNumbers words = new WordNumbers(name -> null);
        EachLine seen = new EachLine(random);
        long lines = Portions.read(trace, tid, block, each -> new LineScanner(words, each), workers, seen);
        List<String> parsed = new ArrayList<>();
        long known = Portions.read(trace, tid, each -> Block::divide, line -> {
            int i = parsed.size();
            parsed.add(told(line));
            assertTrue(i < seen.lines.size(), text);
            if (seen.lines.get(i) instanceof SeenLine scanned) {
                scanned.isAs(line, words, text);
            } else {
                assertEquals(seen.lines.get(i), parsed.get(i), text);
            }
        });
        assertEquals(known, lines, text);
        assertEquals(parsed.size(), seen.lines.size(), text);
    }

    /** The ends of lines may be those of Windows, or damaged, and the last line may have none. */
    private static String trace(Random random, List<String> lines) {
        String usual = random.nextInt(4) == 0 ? "\r\n" : "\n";
        int oddOf = random.nextBoolean() ? 0 : 1 + random.nextInt(20);
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            boolean isOdd = oddOf > 0 && random.nextInt(oddOf) == 0;
            text.append(line, 0, isOdd ? random.nextInt(line.length() + 1) : line.length());
            text.append(isOdd ? PIECES[random.nextInt(PIECES.length)] : "");
            text.append(isOdd && random.nextBoolean() ? ODD_ENDS[random.nextInt(ODD_ENDS.length)] : usual);
        }
        if (random.nextInt(3) == 0) {
            text.setLength(text.length() - 1 - random.nextInt(Math.min(40, text.length())));
        }
        return text.toString();
    }

    /** Or else the lines of that property would show little: each kind is seen, and most lines are. */
    @Property(tries = 1)
    void mostLinesOfATraceAreSeen() {
        EachLine seen = new EachLine(null);
        WordNumbers words = new WordNumbers(name -> null);
        for (int seed = 0; seed < 200; seed++) {
            String text = String.join("\n", RandomLines.of(new Random(seed), 60)) + "\n";
            byte[] trace = text.getBytes(StandardCharsets.ISO_8859_1);
            Portions.read(trace, 0, each -> new LineScanner(words, each), seen);
        }
        List<Integer> summaries = new ArrayList<>();
        for (Object line : seen.lines) {
            if (line instanceof SeenLine scanned) {
                summaries.add(scanned.summary);
            }
        }
        assertTrue(summaries.size() > 0.7 * seen.lines.size(), summaries.size() + " of " + seen.lines.size());
        isFrequent(summaries, ScanSummary::isFurniture);
        isFrequent(summaries, ScanSummary::isExit);
        isFrequent(summaries, ScanSummary::isChildSignal);
        isFrequent(summaries, ScanSummary::isResumed);
        isFrequent(summaries, ScanSummary::returnsOwnTid);
        for (Ending ending : List.of(Ending.VALUE, Ending.ERROR, Ending.NO_RESULT, Ending.UNFINISHED)) {
            isFrequent(summaries, summary -> ScanSummary.isCall(summary) && ScanSummary.ending(summary) == ending);
        }
        summaries.removeIf(summary -> !ScanSummary.isCall(summary) || ScanSummary.ending(summary) != Ending.VALUE);
        for (AddressRange range : AddressRange.values()) {
            isFrequent(summaries, summary -> ScanSummary.value(summary) == range);
        }
    }

    private static void isFrequent(List<Integer> summaries, IntPredicate kind) {
        long count = summaries.stream().filter(kind::test).count();
        assertTrue(count > 50, count + " of " + summaries.size());
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

    /** Compares the two for the first line; whether the scan recognised it. */
    private static boolean isSeenAsParsed(String text, int tid) {
        byte[] trace = (text + "\n").getBytes(StandardCharsets.ISO_8859_1);
        WordNumbers words = new WordNumbers(name -> null);
        FirstLine first = new FirstLine();
        long lines = Portions.read(trace, tid, each -> new LineScanner(words, each), first);
        assertEquals(text.chars().filter(c -> c == '\n').count() + 1, lines, text);
        SeenLine seen = first.seen;
        if (seen == null) {
            return false;
        }
        List<Line> parsed = new ArrayList<>();
        Portions.read(trace, tid, each -> Block::divide, line -> {
            if (parsed.isEmpty()) {
                parsed.add(line);
                seen.isAs(line, words, text);
            }
        });
        assertEquals(1, parsed.size(), text);
        return true;
    }

    /** What was parsed of a line. */
    private static String told(Line line) {
        return String.join(
                " ",
                line.position().toString(),
                line.kind().toString(),
                Integer.toString(line.tid()),
                Integer.toString(line.number()),
                line.name(),
                line.ending().toString(),
                Long.toString(line.value()),
                line.errno(),
                line.text());
    }

    /** What the scan says of each line; by chance of some lines, and of those that it did not recognise, what is parsed. */
    private static final class EachLine implements LineHandler {
        final List<Object> lines = new ArrayList<>();
        private final @Nullable Random random;

        /** @param random nothing, to take all that it can */
        EachLine(@Nullable Random random) {
            this.random = random;
        }

        @Override
        public boolean scanned(int tid, int number, int summary) {
            if (random != null && random.nextInt(4) == 0) {
                return false;
            }
            return lines.add(new SeenLine(tid, number, summary));
        }

        @Override
        public boolean scanned(ScannedLine line) {
            assertEquals(lines.size() + 1, line.lineNumber());
            assertEquals(line.lineNumber(), line.position().line());
            return random != null && random.nextBoolean() && lines.add(new SeenLine(line));
        }

        @Override
        public void accept(Line line) {
            lines.add(told(line));
        }
    }

    /** What the scan says of the first line. */
    private static final class FirstLine implements LineHandler {
        private @Nullable SeenLine seen;
        private boolean known;

        @Override
        public boolean scanned(int tid, int number, int summary) {
            return known;
        }

        @Override
        public boolean scanned(ScannedLine line) {
            known = true;
            seen = new SeenLine(line);
            return true;
        }

        @Override
        public void accept(Line line) {
            known = true;
        }
    }
}
