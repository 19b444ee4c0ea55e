package io.github.strait.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonPrefixTest {
    private static final String TRACE = """
            9051  execve("./multi", ["./multi"], 0x7ffc1abc7448 /* 4 vars */) = 0
            9051  brk(NULL)                         = 0x558afa6c7000
            9051  wait4(-1 <unfinished ...>
            9057  --- SIGCHLD {si_signo=SIGCHLD} ---
            9057  +++ exited with 0 +++
            9051  <... wait4 resumed>, NULL, 0, NULL) = 9057
             > /usr/lib/libc.so.6(wait4+0x85) [0x27305]
            9051  exit_group(0)                     = ?
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21T21:20:26.123456789Z ",
                "2026-11-21T21:20:26.123456789Z stderr F ",
                "2026-11-21 21:20:26,123 ",
                "2026-11-21 21:20:26.123 ",
                "2026-11-21T21:20:26+0100 host strace[123]: ",
                "Nov 21 21:20:26 ",
                "Nov  2 21:20:26 host strace[123]: ",
                "web_1  | ",
                "[21/Nov/2026] ",
                "> ",
                "#8 0.123 ",
                "[build 12] #12 12.5 ",
                "> > ",
                ">> ",
                "    ",
                "\t",
                "\t\t",
                "+",
                ">",
                "     7\t",
                "12:",
                "trace.log:",
                "trace.log:12:"
            })
    void isTakenOffEveryLine(String wrapping) {
        assertEquals(Traces.events(TRACE), Traces.events(wrapped(wrapping)));
        String later = TRACE.replace("9051 ", "19051").replace("9057 ", "19057");
        assertEquals(Traces.events(later), Traces.events(wrapped(wrapping, later)));
        assertEquals(
                Traces.events(TRACE), Traces.events("\ufeff" + wrapped(wrapping).replace("\n", "\r\n")));
    }

    @Test
    void proseMayStandAroundAndBetween() {
        String prose = "On Monday, Alice wrote:\n> Hi all,\n> this is what I see:\n>\n";
        String quoted = wrapped("> ");
        List<String> expected = Traces.events(TRACE).stream().map(EventText::of).toList();
        for (int lead = 0; lead < 40; lead += 3) {
            String text = "Thank you\n".repeat(lead) + prose + quoted + "> [...]\nSo what is wrong?\n";
            List<String> events = Traces.events(text).stream()
                    .map(EventText::of)
                    .filter(event -> !event.equals("unparsed"))
                    .toList();
            assertEquals(expected, events.subList(events.size() - expected.size(), events.size()), text);
        }
    }

    /** Numbers of lines that grow, as of grep -n, and tids as long as they mostly are. */
    @ParameterizedTest
    @ValueSource(strings = {"%d:", "trace.log:%d:", "%6d\t", "[%d] > ", "2026-11-21 21:20:26,%03d "})
    void numbersInFrontAreNoTids(String format) {
        String trace = TRACE.replace("9051 ", "19051").replace("9057 ", "19057");
        StringBuilder text = new StringBuilder();
        int number = 95;
        for (String line : trace.lines().toList()) {
            text.append(String.format(format, number++)).append(line).append('\n');
        }
        assertEquals(Traces.events(trace), Traces.events(text.toString()));
    }

    @Test
    void utf16IsReadWithItsMark() {
        for (Charset charset : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
            byte[] bytes = ("\ufeff" + TRACE).getBytes(charset);
            assertEquals(Traces.events(TRACE), Traces.events(bytes).subList(0, (int)
                    TRACE.lines().count()));
        }
    }

    /** A tid behind blanks looks like the seconds of {@code -r}, but does not end where those do. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8})
    void indentedTidsAreNoSeconds(int blanks) {
        String trace = """
                31183 [7f3c1a2b4c5d6e7f] _exit( <unfinished ...>
                123456 [7f3c1a2b4c5d6e7f] close(3) = 0
                12345 [7f3c1a2b4c5d6e7f] close(4) = 0
                1     [7f3c1a2b4c5d6e7f] close(5) = 0
                """;
        String indented = trace.indent(blanks);
        assertEquals(Traces.events(trace), Traces.events(indented), indented);
    }

    @Test
    void secondsMayBeIndented() {
        String trace = """
                     0.000000 close(3) = 0
                     0.000211 close(4) = 0
                    12.000645 close(5) = 0
                """.indent(5);
        assertEquals(Traces.events(trace), Traces.events(trace.indent(4)), trace);
    }

    @Test
    void anEmptyQuotedLineIsBlank() {
        List<TraceEvent> events = Traces.events(wrapped("> ") + ">\n");
        assertEquals(Traces.events(TRACE + "\n"), events);
    }

    @Test
    void itsNumbersMayDiffer() {
        Random random = new Random(1);
        String text = TRACE.lines()
                .map(line -> "2026-11-21T21:20:" + random.nextInt(60) + "." + random.nextInt(1_000_000) + "Z " + line)
                .collect(Collectors.joining("\n"));
        assertEquals(Traces.events(TRACE), Traces.events(text));
    }

    @Test
    void aLineThatIsWrappedOtherwiseIsNotUnderstood() {
        List<TraceEvent> events = Traces.events(wrapped("web_1  | ") + "db_1 close(3) = 0\n" + "web close(3) = 0\n");
        assertEquals("unparsed", EventText.of(events.get(8)));
        assertEquals("unparsed", EventText.of(events.get(9)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"he said ", "see "})
    void wordsAreNoWrapping(String words) {
        List<TraceEvent> events = Traces.events((words + "close(3) = 0\n").repeat(20));
        assertEquals(
                List.of("unparsed"),
                events.stream().map(EventText::of).distinct().toList());
    }

    /** A wrapping is not learnt from two lines, but marks stand in front of any number of them. */
    @Test
    void twoLinesAreTooFew() {
        assertEquals(
                "unparsed",
                EventText.of(Traces.events("web_1 close(3) = 0\n".repeat(2)).get(0)));
        assertEquals(
                "call close [3] = 0",
                EventText.of(Traces.events("> close(3) = 0\n".repeat(2)).get(0)));
    }

    /** Beside as many lines that nothing explains, a tid could pass for a prefix: without it the same are understood. */
    @Test
    void aTidIsNoPrefix() {
        List<TraceEvent> events = Traces.events("7 close(3) = 0\nwhat?\n".repeat(6));
        assertEquals(Traces.events("7 close(3) = 0\n").get(0), events.get(0));
        assertEquals("unparsed", EventText.of(events.get(1)));
    }

    private static String wrapped(String wrapping) {
        return wrapped(wrapping, TRACE);
    }

    private static String wrapped(String wrapping, String trace) {
        return trace.lines().map(line -> wrapping + line + "\n").collect(Collectors.joining());
    }
}
