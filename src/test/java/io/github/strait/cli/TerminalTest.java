package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import io.github.strait.record.Discovery;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
    private static final Discovery FOUND = new Discovery(3, 9, true, 2, "read", 1, ImmutableList.of(2));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "xterm-256color, -, -, C.UTF-8, true, true, true",
                "screen, -, -, en_US.utf8, true, true, true",
                "linux, -, -, de_DE.UTF-8, true, false, true",
                "vt100, -, -, -, true, false, false",
                "xterm, C, -, C.UTF-8, true, true, false",
                "xterm, '', -, C.UTF-8, true, true, true",
                "xterm, C.UTF-8, -, C, true, true, true",
                "dumb, -, -, C.UTF-8, false, false, true",
                "-, -, -, C.UTF-8, false, false, true"
            })
    void theEnvironmentTells(
            String type, String before, String all, String lang, boolean lines, boolean title, boolean unicode) {
        Map<String, String> environment = new HashMap<>(Map.of("LC_ALL", "C.UTF-8"));
        put(environment, "TERM", type);
        put(environment, "STRAIT_LC_ALL", before);
        put(environment, "LANG", lang);
        if (before == null) {
            environment.remove("LC_ALL");
        }
        put(environment, "LC_ALL", all);
        assertEquals(new Terminal(lines, title, unicode), Terminal.of(environment));
    }

    private static void put(Map<String, String> environment, String name, String value) {
        if (value != null) {
            environment.put(name, value);
        }
    }

    @Test
    void aTitleIsPutBackAndALineErased() {
        Terminal terminal = new Terminal(true, true, false);
        String text = "recording 3 s: 9 calls, 2 distinct, last new: read 1 s ago #";
        assertEquals(
                "\u001b[22;0t\u001b]0;strait " + text + "\u0007\u001b]0;strait " + text
                        + "\u0007\u001b]0;\u0007\u001b[23;0t",
                shown(terminal, false));
        String line = "\r\u001b[K\u001b[?7l" + text + "\u001b[?7h";
        assertEquals(line + line + "\r\u001b[K", shown(terminal, true));
    }

    @Test
    void aTerminalThatCanDoNothingShowsNothing() {
        assertEquals("", shown(new Terminal(false, false, true), true));
        assertEquals("", shown(new Terminal(false, false, true), false));
        assertEquals("", shown(new Terminal(true, false, true), false), "the program may draw on all lines");
    }

    private static String shown(Terminal terminal, boolean isLine) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (RecordingView view =
                new RecordingView(new PrintStream(written, true, StandardCharsets.UTF_8), terminal, isLine)) {
            view.recorded(FOUND);
            view.recorded(FOUND);
        }
        return written.toString(StandardCharsets.UTF_8);
    }
}
