package io.github.strait.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input designed to make the parser slow, or to make it see what is not there. */
@Timeout(60)
class PathologicalTest {
    private static final int MEGABYTE = 1 << 20;

    @Test
    void anArgumentMayHaveMegabytes() {
        String string = "\\\"x) = 0".repeat(MEGABYTE / 4);
        assertEquals(
                List.of("9 call write [1 | \"" + string + "\" | 5] = 5"),
                texts("9 write(1, \"" + string + "\", 5) = 5\n"));
    }

    @Test
    void bracketsMayNestDeeply() {
        String nested = "[{(".repeat(100_000) + ")}]".repeat(100_000);
        assertEquals(List.of("9 call f [" + nested + "] = 0"), texts("9 f(" + nested + ") = 0\n"));
    }

    @Test
    void bracketsMayNeverClose() {
        assertEquals(Ending.VALUE, ending("9 f(" + "[{(".repeat(100_000) + ") = 0\n"));
        assertEquals(Ending.CUT, ending("9 f(" + "[{(".repeat(100_000) + "\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1<a:[>,",
                "1<a<b>x",
                "1<a>x",
                "1<",
                "1</<",
                "1<a:[\"",
                "<... x resumed>(",
                "[pid 1] x",
                ": Process 1 ",
                "strace: ptrace(",
                "strace: Requested path ",
                " = ",
                " = 3<",
                " = 0x",
                "x = 1<a>x",
                "/*",
                "\"",
                "\\",
                "--- SIG",
                "+++ killed by ",
                "[",
                "]",
                ")",
                "(",
                "<",
                ">",
                " ",
                ",",
                "= ",
                "1 ",
                "[1] ",
                "64:",
                "?",
                " <unfinished ...>",
                " <detached ...>",
                " <pid changed to ",
                " <ptrace(",
                "% time ",
                "syscall ",
                "\u001b[1m",
                "\0",
                "\u00e4",
                "\t",
                "2026-11-21T21:20:26Z ",
                "> ",
                "a: ",
                "21:19:12 "
            })
    void aWordMayComeBackVeryOften(String word) {
        String many = word.repeat(MEGABYTE / 4 / word.length());
        for (String line :
                List.of(many, "9 f(" + many, "9 f(" + many + ") = 0", "9 f(1) = 3<" + many, "f(\"x\", 1" + many)) {
            assertEquals(
                    3,
                    Traces.events("9 close(3) = 0\n" + line + "\n9 close(3) = 0\n")
                            .size());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {") = 0", "a <unfinished ...", "+++ exited with 0 +++", "x, 0) = -1 EPERM (", "\\\", 5) = 7"})
    void namesOfFilesCannotForgeResults(String name) {
        String line = "9 openat(AT_FDCWD</" + name + ">, \"" + name + "\", O_RDONLY) = 3</tmp/" + name + ">\n";
        assertEquals(List.of("9 call openat [AT_FDCWD</" + name + "> | \"" + name + "\" | O_RDONLY] = 3"), texts(line));
    }

    @Test
    void aLineMayBeLongerThanTheLimit() throws IOException {
        String trace = "9 close(1) = 0\n9 write(1, \"" + "x".repeat(5_000) + "\", 5) = 5\n9 close(2) = 0\n";
        List<String> texts = new ArrayList<>();
        long lines = new TraceReader(in(trace), "", 0, 1 << 10, 1_000)
                .forEach(line -> texts.add(EventText.of(TraceEvent.of(line))));
        assertEquals(3, lines);
        assertEquals("9 call close [1] = 0", texts.get(0));
        assertEquals(" cut", texts.get(1).substring(texts.get(1).length() - 4));
        assertEquals("9 call close [2] = 0", texts.get(2));
    }

    @Test
    void theLastLineMayBeLongerThanTheLimit() throws IOException {
        List<TraceEvent> events = new ArrayList<>();
        String trace = "9 close(1) = 0\n9 write(1, \"" + "x".repeat(5_000);
        assertEquals(
                2, new TraceReader(in(trace), "", 0, 1 << 10, 1_000).forEach(line -> events.add(TraceEvent.of(line))));
        assertEquals(2, events.size());
    }

    @Test
    void aLineMayFillTheLimit() throws IOException {
        String call = "9 close(1) = 0";
        for (int limit = 10; limit < 20; limit++) {
            List<Ending> endings = new ArrayList<>();
            new TraceReader(in(call + "\n" + call + "\n"), "", 0, 1 << 10, limit)
                    .forEach(line -> endings.add(line.ending()));
            // a cut result looks like a whole one, unless nothing of it is left
            assertEquals(2, endings.size(), "limit " + limit);
        }
    }

    @Test
    void aTraceMayEndInTheMiddleOfACharacter() {
        byte[] whole = "9 write(1, \"ä\", 2) = 2".getBytes(StandardCharsets.UTF_8);
        for (int length = 1; length < whole.length; length++) {
            assertEquals(1, Traces.events(Arrays.copyOf(whole, length)).size());
        }
    }

    @Test
    void aTraceMayBeEmpty() {
        assertEquals(List.of(), texts(""));
        assertEquals(List.of("blank"), texts("\n"));
        assertEquals(List.of("blank"), texts("\r"));
        assertEquals(List.of("blank"), texts("\ufeff"));
    }

    @Test
    void aHundredThousandCallsMayBeUnfinished() {
        StringBuilder trace = new StringBuilder();
        for (int tid = 1; tid <= 100_000; tid++) {
            trace.append(tid).append(" read(3, <unfinished ...>\n");
        }
        assertEquals(
                100_000,
                texts(trace.toString()).stream()
                        .filter(text -> text.endsWith("unfinished"))
                        .count());
    }

    private static Ending ending(String trace) {
        return ((TraceEvent.Call) Traces.events(trace).get(0)).outcome().ending();
    }

    private static List<String> texts(String trace) {
        return Traces.events(trace).stream().map(EventText::of).toList();
    }

    private static InputStream in(String trace) {
        return new ByteArrayInputStream(trace.getBytes(StandardCharsets.UTF_8));
    }
}
