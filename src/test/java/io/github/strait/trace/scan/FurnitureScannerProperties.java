package io.github.strait.trace.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.trace.Line;
import io.github.strait.trace.LineHandler;
import io.github.strait.trace.LineKind;
import io.github.strait.trace.Portions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Frames and lines of dumps that stand one after the other are counted as what they are one by one. */
class FurnitureScannerProperties {
    private static final Pattern FURNITURE = Pattern.compile(" > .*\\]| \\| [0-9a-fA-F]{5}  .*");
    private static final String[] LINES = {
        " > ]",
        " > /lib/libc.so.6(read+0x14) [0x10e14e]",
        " > /lib/libc.so.6(write+0x14) [0x10e14e]",
        " > /bin/a(main+0x2) [0x2]",
        " > /bin/a(main+0x2) [0x2",
        " > /bin/a(main+0x2) [0x2] ",
        " > unexpected_backtracing_error [0x7f]",
        " >/bin/a [0x2]",
        " | 00000  41 42 43                                         ABC              ",
        " | 00010  5d                                               ]",
        " | 0001  41 ",
        " | 0001g  41 ",
        " | 00010 41 ]",
        "  > /bin/a(main+0x2) [0x2]",
        "7 read(3, \"\", 1) = 0",
        "7 read(3, \"\", 1 <unfinished ...>",
        "what?",
        ""
    };

    /** A handler that takes some of the lines that are alike, and is given the others one by one. */
    private static final class Some implements LineHandler {
        final List<Boolean> isFurniture = new ArrayList<>();
        private final List<String> texts;
        private final Random random;
        private final boolean all;

        Some(List<String> texts, Random random) {
            this.texts = texts;
            this.random = random;
            this.all = random.nextBoolean();
        }

        @Override
        public int scannedAlike(int tid, int summary, int lines) {
            assertEquals(ScanSummary.furniture(), summary);
            int taken = all ? lines : random.nextInt(lines + 1);
            for (int i = 0; i < taken; i++) {
                isFurniture.add(true);
            }
            return taken;
        }

        @Override
        public boolean scanned(int tid, int number, int summary) {
            isFurniture.add(!ScanSummary.isCall(summary));
            return true;
        }

        @Override
        public void accept(Line line) {
            assertEquals(isFurniture.size() + 1, line.position().line());
            assertEquals(texts.get(isFurniture.size()), line.text());
            isFurniture.add(FURNITURE.matcher(line.text()).matches() && isParsedAsFurniture(line));
        }

        private static boolean isParsedAsFurniture(Line line) {
            return line.kind() == LineKind.FRAME || line.kind() == LineKind.DUMP;
        }
    }

    @Property
    void inAnyOrderAndAnyBlocks(
            @ForAll Random random,
            @ForAll @IntRange(max = 60) int count,
            @ForAll @IntRange(min = 1, max = 3000) int block,
            @ForAll boolean isOpen) {
        List<String> texts = texts(random, count);
        String trace = String.join("\n", texts) + (isOpen || texts.isEmpty() ? "" : "\n");
        if (isOpen && !texts.isEmpty() && texts.get(texts.size() - 1).isEmpty()) {
            texts.remove(texts.size() - 1);
        }
        Some handler = new Some(texts, random);
        Portions.read(trace.getBytes(StandardCharsets.ISO_8859_1), block, 1, handler);
        List<Boolean> expected = new ArrayList<>();
        texts.forEach(text -> expected.add(FURNITURE.matcher(text).matches()));
        assertEquals(expected, handler.isFurniture, trace);
    }

    /** Stacks come again, whole and in part. */
    private static List<String> texts(Random random, int count) {
        List<String> texts = new ArrayList<>();
        while (texts.size() < count) {
            if (texts.size() > 4 && random.nextInt(3) == 0) {
                int from = random.nextInt(texts.size());
                int to = from + random.nextInt(texts.size() - from) + 1;
                texts.addAll(new ArrayList<>(texts.subList(from, to)));
            } else {
                texts.add(LINES[random.nextInt(random.nextInt(4) == 0 ? LINES.length : 10)]);
            }
        }
        return texts;
    }

    /** Or else they would not be cheaper than other lines. Without the scan there are no marks. */
    @Property(tries = 1)
    void manyAreOneMark() {
        boolean isScanned = !"off".equals(System.getProperty("strait.scan"));
        String stack = (LINES[1] + "\n" + LINES[3] + "\n").repeat(50);
        List<Integer> alike = new ArrayList<>();
        Portions.read((stack + "what?\n" + stack).getBytes(StandardCharsets.ISO_8859_1), 1 << 16, 1, new LineHandler() {
            @Override
            public int scannedAlike(int tid, int summary, int lines) {
                alike.add(lines);
                return lines;
            }

            @Override
            public void accept(Line line) {
                assertTrue(!isScanned || line.text().startsWith("what?"), line.text());
            }
        });
        assertEquals(isScanned ? List.of(100, 100) : List.of(), alike);
    }

    /** Behind the last block are bytes of the one before, at the same places. */
    @Property(tries = 1)
    void theEndOfTheTraceIsTheEndOfTheStack() {
        // no two of these frames end alike, so what follows each of them is remembered
        String stack = "7 read(3, \"\", 1) = 0\n" + LINES[1] + "\n" + LINES[3] + "\n" + LINES[6] + "\n";
        String cut = stack.substring(0, stack.indexOf(LINES[6]) - 1);
        List<String> texts = new ArrayList<>(List.of((stack.repeat(12) + cut).split("\n")));
        Some handler = new Some(texts, new Random(1));
        byte[] trace = (stack.repeat(12) + cut).getBytes(StandardCharsets.ISO_8859_1);
        Portions.read(trace, 10 * stack.length(), 1, handler);
        assertEquals(texts.size(), handler.isFurniture.size());
    }
}
