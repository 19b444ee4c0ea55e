package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void printsItsVersionOnStdout() {
        assertEquals(0, run("--version"));
        assertTrue(text(out).startsWith("strait "), text(out));
        assertEquals("", text(err));
    }

    @Test
    void reportsBadUsageOnStderr() {
        assertEquals(2, run("--no-such-option"));
        assertEquals("", text(out));
        assertTrue(text(err).contains("--no-such-option"), text(err));
    }

    private int run(String... args) {
        return Main.run(InputStream.nullInputStream(), stream(out), stream(err), args);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
