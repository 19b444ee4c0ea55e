package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.evidence.Corpus;
import io.github.strait.evidence.Corpus.Recording;
import io.github.strait.evidence.Evidence;
import io.github.strait.evidence.EvidenceReader;
import io.github.strait.follow.UnparsedShapes.Shape;
import io.github.strait.observation.ObservationWriter;
import io.github.strait.syscall.Arch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines that were not understood, by shape: nothing of them is lost, and no text makes it unbounded. */
class LineShapeTest {
    private static final String CALL = "7 [  39] getpid() = 7\n";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'warning: 12 of 3000 tries' | 'warning: N of N tries'",
                "'0x7ffd1234,0xF' | '0xN,0xN'",
                "'12ab34' | 'NabN'",
                "'say \"a \\\" b\", \"c\"' | 'say \"...\", \"...\"'",
                "'cut \"in a string' | 'cut \"...\"'",
                "'cut \"behind a \\' | 'cut \"...\"'",
                "'a  \t b' | 'a b'",
                "'abcdefghijklmnop' | 'abcdefghijklmnop'",
                "'abcdefghijklmnopq(x)' | 'abcdefghijklmnop...(x)'",
                "'[pid 7] *** {}' | '[pid N] *** {}'"
            })
    void shapes(String line, String shape) {
        assertEquals(shape, LineShape.of(line));
    }

    @Test
    void controlAndOtherBytes() {
        assertEquals("\u0001x\u0002", LineShape.of("\u0001\u0001\u0001x\u0002"));
        String utf8 = new String("caf\u00e9 \u20ac".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertEquals("caf\u00e9 \u20ac", LineShape.of(utf8));
        assertEquals("\ufffd", LineShape.of("\u00ff"));
    }

    @Property(tries = 300)
    void shapesAreBoundedAndStable(@ForAll byte[] bytes) {
        String line = new String(bytes, StandardCharsets.ISO_8859_1).repeat(5);
        String shape = LineShape.of(line);
        assertTrue(shape.length() <= 123, shape);
        assertEquals(
                shape,
                LineShape.of(line.substring(0, Math.min(LineShape.LIMIT, line.length()))
                        + "x".repeat(9).substring(line.length() < LineShape.LIMIT ? 9 : 0)));
        assertFalse(shape.matches("(?s).*[0-9].*"), shape);
    }

    /** Whatever the text is, and however many shapes it has. */
    @Property(tries = 100)
    void countsAddUpToTheUnparsedLines(@ForAll @Size(max = 200) List<byte[]> lines) {
        StringBuilder text = new StringBuilder(CALL);
        lines.forEach(line ->
                text.append(new String(line, StandardCharsets.ISO_8859_1)).append('\n'));
        byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        EvidenceReader reader = new EvidenceReader(Optional.empty(), Arch.X86_64, new ByteArrayInputStream(bytes));
        assertAddUp(reader.read(List.of("-")));
    }

    static ImmutableList<Recording> recordings() {
        return ImmutableList.<Recording>builder()
                .addAll(Corpus.kernel())
                .addAll(Corpus.strace())
                .build();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void countsAddUpInRecordedTraces(Recording recording) {
        assertAddUp(recording.read(Optional.empty()));
    }

    @Test
    void shapesThatAreTooManyAreCountedTogether() {
        StringBuilder text = new StringBuilder(CALL);
        for (int i = 0; i < 500; i++) {
            text.append("word").append("%".repeat(i / 5)).append(" ").append(i).append('\n');
        }
        Evidence evidence = Observing.text(text.toString());
        List<String> notes = shapes(evidence);
        assertEquals(UnparsedShapes.LIMIT + 1, notes.size());
        assertEquals(
                "-:322: note: 180 lines of other shapes not understood; the first: word" + "%".repeat(64)
                        + " 320 [unparsed-shape]",
                notes.get(UnparsedShapes.LIMIT));
        assertAddUp(evidence);
    }

    @Test
    void theCommonestComesFirstWithItsFirstLine() {
        Evidence evidence = Observing.text(
                CALL + "b: 1\nc! 1\na: \u0007\nc! 2\n" + "long ".repeat(40) + "\n" + "c! \"\u001b[2J\"\n");
        assertEquals(
                List.of(
                        "-:3: note: 2 lines of the shape 'c! N' not understood; the first: c! 1 [unparsed-shape]",
                        "-:4: note: 1 line of the shape 'a: \\x07' not understood; the first: a: \\x07"
                                + " [unparsed-shape]",
                        "-:2: note: 1 line of the shape 'b: N' not understood; the first: b: 1 [unparsed-shape]",
                        "-:7: note: 1 line of the shape 'c! \"...\"' not understood; the first: c! \"\\x1b[2J\""
                                + " [unparsed-shape]",
                        "-:6: note: 1 line of the shape '" + "long ".repeat(24) + "...' not understood; the first: "
                                + "long ".repeat(16) + "... [unparsed-shape]"),
                shapes(evidence));
    }

    /** The same trace under two names is one run, and an observation keeps no shapes. */
    @Test
    void countsAddUpOverFilesAndObservations() throws IOException {
        String unparsed = CALL + "odd one\n";
        String a = Files.writeString(directory.resolve("a"), unparsed).toString();
        String b = Files.writeString(directory.resolve("b"), unparsed).toString();
        String c = Files.writeString(directory.resolve("c"), CALL + "odd one\nodd one\n")
                .toString();
        Evidence together = read(c, b, a);
        assertEquals(
                List.of(a + ":2: note: 3 lines of the shape 'odd one' not understood; the first: odd one"
                        + " [unparsed-shape]"),
                shapes(together));
        assertAddUp(together);
        String json = Files.writeString(directory.resolve("o.json"), ObservationWriter.write(read(c).observation()))
                .toString();
        List<String> notes = shapes(read(json, a));
        assertEquals(
                "strait: note: 2 lines not understood in observations, which keep no shapes; read the traces instead"
                        + " [unparsed-shape]",
                notes.get(1));
    }

    /** Runs may come in any order. */
    @Property(tries = 50)
    void theSumOfRunsHasNoOrder(@ForAll long seed) {
        Random random = new Random(seed);
        List<List<Shape>> runs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            UnparsedShapes run = new UnparsedShapes();
            for (int j = 0; j < 90; j++) {
                run.add(new SourcePosition("f" + i, j + 1), "x" + "!".repeat(random.nextInt(80)), false);
            }
            runs.add(run.all());
        }
        ImmutableList<Shape> sum = UnparsedShapes.sum(runs);
        Collections.shuffle(runs, random);
        assertEquals(sum, UnparsedShapes.sum(runs));
        assertEquals(360, sum.stream().mapToLong(Shape::count).sum());
    }

    private static void assertAddUp(Evidence evidence) {
        long sum = shapes(evidence).stream()
                .map(note -> note.replaceFirst("^(.*?: )?note: (\\d+) lines? .*$", "$2"))
                .mapToLong(Long::parseLong)
                .sum();
        assertEquals(evidence.observation().lines().unparsed(), sum);
    }

    private static List<String> shapes(Evidence evidence) {
        return evidence.details().stream()
                .filter(note -> note.code().equals("unparsed-shape"))
                .map(Diagnostic::toString)
                .toList();
    }

    private static Evidence read(String... arguments) {
        return new EvidenceReader(Optional.empty(), Arch.X86_64, new ByteArrayInputStream(new byte[0]))
                .read(List.of(arguments));
    }
}
