package io.github.strait.trace;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples in {@code lines.txt}, which also document the trace format. */
class LinesTest {
    private static final int ENOUGH = 120;

    /**
     * One example: lines and the events that they are.
     *
     * @param open whether the last line has no line feed
     */
    record Example(int number, String title, List<String> lines, List<String> events, boolean open) {
        String trace(String lineEnd) {
            String text = String.join(lineEnd, lines);
            return text + (open ? "" : lineEnd);
        }

        @Override
        public String toString() {
            return number + ". " + title;
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyLineIsItsEvent(Example example) {
        assertEquals(String.join("\n", example.events()), events(example.trace("\n")));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyLineIsItsEventWithWindowsLineEnds(Example example) {
        assertEquals(String.join("\n", example.events()), events(example.trace("\r\n")));
    }

    @Test
    void examplesAreNumberedAndMany() {
        List<Example> examples = examples();
        assertTrue(examples.size() >= ENOUGH, examples.size() + " examples");
        assertAll(examples.stream()
                .map(example -> () -> assertEquals(examples.indexOf(example) + 1, example.number(), example.title())));
    }

    private static String events(String trace) {
        return String.join(
                "\n", Traces.events(trace).stream().map(EventText::of).toList());
    }

    static List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        for (String block : resource().split("\n\n", -1)) {
            if (!block.isBlank() && !block.startsWith("#")) {
                examples.add(example(block));
            }
        }
        return examples;
    }

    private static Example example(String block) {
        String[] rows = block.strip().split("\n", -1);
        String[] title = rows[0].split("\\. ", 2);
        List<String> lines = new ArrayList<>();
        List<String> events = new ArrayList<>();
        boolean open = false;
        for (int i = 1; i < rows.length; i++) {
            String text = rows[i].substring(1);
            switch (rows[i].charAt(0)) {
                case '|', '$' ->
                    lines.add(text.replace('␛', '\u001b').replace('␀', '\0').replace('␉', '\t'));
                case '>' -> events.add(text.strip());
                default -> throw new IllegalArgumentException(rows[i]);
            }
            open |= rows[i].charAt(0) == '$';
        }
        return new Example(Integer.parseInt(title[0]), title[1], lines, events, open);
    }

    private static String resource() {
        try (InputStream in = LinesTest.class.getResourceAsStream("lines.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
