package io.github.strait.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for every trace, and for every input that is none. */
class TraceReaderProperties {
    private static final List<String> WRAPPINGS = List.of(
            "> ",
            "> > ",
            "  ",
            "    ",
            "\t",
            "web-1  | ",
            "2026-11-21T21:20:26.123456789Z ",
            "2026-11-21T21:20:26.123456789Z stderr F ",
            "Nov 21 21:20:26 host strace[123]: ",
            "#12 0.123 ");
    private static final List<String> FOREIGN = List.of(
            "hello", "total = 5", "100% done", "(ok) fine", "error: no such file", "x -> y", "a, b and c", "\u00e4");
    /** What takes its input's square takes hours. */
    private static final Duration LONG = Duration.ofSeconds(120);

    /** Hands out its bytes in pieces of random size. */
    private static final class Pieces extends InputStream {
        private final ByteArrayInputStream in;
        private final Random random;
        private final int most;

        Pieces(byte[] bytes, Random random, int most) {
            this.in = new ByteArrayInputStream(bytes);
            this.random = random;
            this.most = most;
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] buffer, int from, int length) {
            return in.read(buffer, from, Math.min(length, 1 + random.nextInt(most)));
        }
    }

    @Property
    void whatIsPrintedInAnyStyleIsReadBack(@ForAll Random random) {
        RandomTrace trace = new RandomTrace(random).grow(12).end();
        assertEquals(lines(trace.events()), lines(Traces.events(trace.text())), trace.text());
    }

    @Property(tries = 200)
    void whatIsPrintedInAnyStyleIsReadBackInAnyPieces(@ForAll Random random) {
        RandomTrace trace = new RandomTrace(random).grow(30).end();
        byte[] bytes = trace.text().getBytes(StandardCharsets.UTF_8);
        String expected = lines(trace.events());
        assertEquals(expected, lines(Traces.events(new Pieces(bytes, random, 1 + random.nextInt(60)))), trace.text());
        List<TraceEvent> events = new ArrayList<>();
        Portions.read(bytes, 1 + random.nextInt(300), 1 + random.nextInt(3), line -> events.add(TraceEvent.of(line)));
        assertEquals(expected, lines(events), trace.text());
    }

    @Property(tries = 200)
    void lineEndsAndByteOrderMarksDoNotMatter(@ForAll Random random) {
        RandomTrace trace = new RandomTrace(random).grow(5);
        String windows = "\ufeff" + trace.text().replace("\n", "\r\n");
        assertEquals(lines(trace.events()), lines(Traces.events(windows)), trace.text());
    }

    @Property(tries = 400)
    void whatSomebodyPutsInFrontOfEveryLineDoesNotMatter(@ForAll Random random) {
        RandomTrace trace = new RandomTrace(random).grow(12);
        String prefix = WRAPPINGS.get(random.nextInt(WRAPPINGS.size()));
        String wrapped = prefix + trace.text().strip().replace("\n", "\n" + prefix) + "\n";
        Assume.that(trace.events().get(0) instanceof TraceEvent.Call
                && !trace.text().startsWith(" "));
        assertEquals(lines(trace.events()), lines(Traces.events(wrapped)), wrapped);
    }

    @Property(tries = 400)
    void coloursDoNotMatter(@ForAll Random random) {
        RandomTrace trace = new RandomTrace(random, Era.V7_0).grow(8);
        StringBuilder coloured = new StringBuilder();
        char before = '\n';
        for (char c : trace.text().toCharArray()) {
            boolean colour = before == '\n' || c == '(' || c == '=' || c == '>';
            coloured.append(colour ? random.nextBoolean() ? "\033[0m" : "\033[1;33m" : "")
                    .append(c);
            before = c;
        }
        assertEquals(lines(trace.events()), lines(Traces.events(coloured.toString())), coloured.toString());
    }

    /** On standard error a program's text, to its line feed, stands where strace still waited for arguments. */
    @Property(tries = 400)
    void foreignTextCutsACallInTwo(@ForAll Random random) {
        List<String> arguments = new RandomArguments(random).list();
        int split = random.nextInt(arguments.size() + 1);
        String rest = String.join(", ", arguments.subList(split, arguments.size())) + ") = 3\n";
        // two words in front would be a tid and something else
        Assume.that(!rest.matches("(?s)[0-9]+ .*"));
        String begun = "[pid     7] read(" + String.join(", ", arguments.subList(0, split));
        String separator = split > 0 && split < arguments.size() ? ", " : "";
        String foreign = FOREIGN.get(random.nextInt(FOREIGN.size()));
        List<String> texts = Traces.events(begun + separator + foreign + "\n" + rest).stream()
                .map(EventText::of)
                .toList();
        assertEquals("7 call read [", texts.get(0).substring(0, 13), begun + separator + foreign);
        assertEquals(" cut", texts.get(0).substring(texts.get(0).length() - 4), begun + separator + foreign);
        assertEquals(List.of("continuation = 3"), texts.subList(1, texts.size()), rest);
    }

    @Property(tries = 200)
    void howTheStreamIsCutIntoPiecesDoesNotMatter(@ForAll Random random) {
        byte[] bytes = mutated(random, 20);
        List<TraceEvent> whole = Traces.events(bytes);
        assertEquals(whole, Traces.events(new Pieces(bytes, random, 1)));
        assertEquals(whole, Traces.events(new Pieces(bytes, random, 50)));
    }

    @Property
    void damagedTracesAreReadToTheirEnds(@ForAll Random random) {
        byte[] bytes = mutated(random, 40);
        List<TraceEvent> events = assertTimeoutPreemptively(LONG, () -> Traces.events(bytes));
        assertEquals(lineCount(bytes), events.size());
    }

    @Property
    void noiseIsReadToItsEnd(@ForAll byte[] bytes) {
        List<TraceEvent> events = assertTimeoutPreemptively(LONG, () -> Traces.events(bytes));
        assertEquals(lineCount(bytes), events.size());
        events.forEach(EventText::of);
    }

    private static byte[] mutated(Random random, int changes) {
        StringBuilder text = new StringBuilder();
        List<LinesTest.Example> examples = LinesTest.examples();
        for (int i = 0; i < 30; i++) {
            text.append(examples.get(random.nextInt(examples.size())).trace("\n"));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(changes); i > 0; i--) {
            bytes = changed(bytes, random);
        }
        return bytes;
    }

    /** One byte is another, or a stretch of bytes is gone, or stands a second time. */
    private static byte[] changed(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int length = Math.min(random.nextInt(30), bytes.length - at - 1);
        switch (random.nextInt(3)) {
            case 0 -> {
                byte[] other = bytes.clone();
                other[at] = random.nextBoolean() ? (byte) random.nextInt() : bytes[random.nextInt(bytes.length)];
                return other;
            }
            case 1 -> {
                byte[] shorter = Arrays.copyOf(bytes, bytes.length - length);
                System.arraycopy(bytes, at + length, shorter, at, shorter.length - at);
                return shorter;
            }
            default -> {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + length);
                System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
                return longer;
            }
        }
    }

    private static int lineCount(byte[] bytes) {
        int count = 0;
        for (byte b : bytes) {
            count += b == '\n' ? 1 : 0;
        }
        return bytes.length == 0 || bytes[bytes.length - 1] == '\n' ? count : count + 1;
    }

    private static String lines(List<TraceEvent> events) {
        return String.join("\n", events.stream().map(Object::toString).toList());
    }
}
