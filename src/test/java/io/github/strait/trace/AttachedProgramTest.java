package io.github.strait.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttachedProgramTest {
    @Test
    void readsAsAMessageOfStrace() {
        assertEquals(
                "strace: pid 4711: attached by strait, program \"/usr/sbin/nginx\"",
                AttachedProgram.line(4711, "/usr/sbin/nginx"));
    }

    @Property(tries = 200)
    void anyPathSurvives(@ForAll String path) throws IOException {
        String line = AttachedProgram.line(7, path);
        assertTrue(line.chars().allMatch(c -> c >= ' ' && c <= '~'), line);
        String expected = new String(path.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertEquals(List.of("7 " + expected), read(line + "\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "strace: pid 7: attached by strait, program /bin/a",
                "strace: pid 7: attached by strait, program \"",
                "strace: pid : attached by strait, program \"/bin/a\"",
                "strace: pid 7: something else",
                "7 write(1, \"strace: pid 7: attached by strait, program \"..., 9strace: pid 7: attached by strait, program \"/b\"",
                "x strace: pid 7: attached by strait, program \"/bin/a\"",
            })
    void whatIsNotOneNamesNothing(String line) throws IOException {
        assertEquals(List.of(), read(line + "\n"));
    }

    private static List<String> read(String text) throws IOException {
        List<String> programs = new ArrayList<>();
        new TraceReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))).forEach(line -> {
            if (line.kind() == LineKind.MESSAGE && line.otherTid() != 0) {
                programs.add(line.otherTid() + " " + line.arguments().string(0).orElse("?"));
            }
        });
        return programs;
    }
}
