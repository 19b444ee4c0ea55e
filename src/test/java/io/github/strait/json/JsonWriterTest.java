package io.github.strait.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.strait.json.JsonWriter.Layout;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Jackson's generator and its printer say how a document is written. */
class JsonWriterTest {
    private static final int DEPTH = 6;

    /** One document, written twice. */
    private record Twice(Random random, JsonWriter json, JsonGenerator jackson, boolean lines, int highest) {
        void object(int depth) throws IOException {
            for (int i = random.nextInt(4); i > 0; i--) {
                String name = text();
                switch (random.nextInt(depth == 0 ? 5 : 7)) {
                    case 0 -> {
                        String value = text();
                        json.field(name, value);
                        jackson.writeStringField(name, value);
                    }
                    case 1 -> {
                        long value = random.nextLong() >> random.nextInt(64);
                        json.field(name, value);
                        jackson.writeNumberField(name, value);
                    }
                    case 2 -> {
                        long value = random.nextLong();
                        json.unsigned(name, value);
                        jackson.writeNumberField(name, new BigInteger(Long.toUnsignedString(value)));
                    }
                    case 3 -> {
                        boolean value = random.nextBoolean();
                        json.field(name, value);
                        jackson.writeBooleanField(name, value);
                    }
                    case 4 -> {
                        List<String> values = List.of(text(), text(), text()).subList(0, random.nextInt(4));
                        onOneLine();
                        json.field(name, values);
                        jackson.writeFieldName(name);
                        jackson.writeArray(values.toArray(new String[0]), 0, values.size());
                    }
                    case 5 -> {
                        onOneLine();
                        json.object(name);
                        jackson.writeObjectFieldStart(name);
                        object(depth - 1);
                        json.end();
                        jackson.writeEndObject();
                    }
                    default -> {
                        onOneLine();
                        json.array(name);
                        jackson.writeArrayFieldStart(name);
                        array(depth - 1);
                        json.end();
                        jackson.writeEndArray();
                    }
                }
            }
        }

        private void array(int depth) throws IOException {
            for (int i = random.nextInt(4); i > 0; i--) {
                switch (random.nextInt(depth == 0 ? 2 : 4)) {
                    case 0 -> {
                        String value = text();
                        json.value(value);
                        jackson.writeString(value);
                    }
                    case 1 -> {
                        long value = random.nextLong() >> random.nextInt(64);
                        json.value(value);
                        jackson.writeNumber(value);
                    }
                    case 2 -> {
                        onOneLine();
                        json.object();
                        jackson.writeStartObject();
                        object(depth - 1);
                        json.end();
                        jackson.writeEndObject();
                    }
                    default -> {
                        onOneLine();
                        json.array();
                        jackson.writeStartArray();
                        array(depth - 1);
                        json.end();
                        jackson.writeEndArray();
                    }
                }
            }
        }

        private void onOneLine() {
            if (lines && random.nextInt(3) == 0) {
                json.onOneLine();
            }
        }

        private String text() {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(6); i > 0; i--) {
                text.append((char) random.nextInt(random.nextInt(3) == 0 ? highest : 0x90));
            }
            return text.toString();
        }
    }

    private static DefaultPrettyPrinter printer(Layout layout) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withArrayEmptySeparator("")
                .withObjectEmptySeparator(""));
        printer.indentObjectsWith(indenter);
        if (layout == Layout.LINES) {
            printer.indentArraysWith(indenter);
        }
        return printer;
    }

    /** The document of the writer, then that of Jackson. */
    private static List<String> write(Random random, Layout layout, boolean ascii, boolean lines, int highest)
            throws IOException {
        JsonWriter json = ascii ? JsonWriter.ascii(layout) : JsonWriter.of(layout);
        StringWriter out = new StringWriter();
        try (JsonGenerator jackson = new JsonFactory().createGenerator(out)) {
            jackson.setPrettyPrinter(printer(layout));
            if (ascii) {
                jackson.setHighestNonEscapedChar('~');
            }
            json.object();
            jackson.writeStartObject();
            new Twice(random, json, jackson, lines, highest).object(DEPTH);
            json.end();
            jackson.writeEndObject();
        }
        return List.of(json.text(), out.append('\n').toString());
    }

    @Property
    void writesWhatJacksonWrites(@ForAll long seed, @ForAll Layout layout, @ForAll boolean ascii) throws IOException {
        List<String> both = write(new Random(seed), layout, ascii, false, 1 << 16);
        assertEquals(both.get(1), both.get(0));
    }

    @Property
    void linesDoNotChangeWhatItSays(@ForAll long seed, @ForAll Layout layout) throws IOException {
        List<String> both = write(new Random(seed), layout, true, true, Character.MIN_SURROGATE);
        JsonMapper mapper = new JsonMapper();
        assertEquals(mapper.readTree(both.get(1)), mapper.readTree(both.get(0)));
    }

    @Test
    void putsAContainerOnOneLineWithAllInIt() {
        JsonWriter json = JsonWriter.of(Layout.LINES);
        json.object();
        json.onOneLine().object("a");
        json.object("b");
        json.field("c", List.of("d", "e"));
        json.end();
        json.onOneLine().array("f");
        json.end();
        json.end();
        json.onOneLine().field("g", List.of("h", "i"));
        json.array("j");
        json.object();
        json.field("k", 1);
        json.end();
        json.end();
        json.end();
        assertEquals("""
                {
                  "a": {"b": {"c": ["d", "e"]}, "f": []},
                  "g": ["h", "i"],
                  "j": [
                    {
                      "k": 1
                    }
                  ]
                }
                """, json.text());
    }

    @Test
    void refusesWhatIsNoDocument() {
        JsonWriter json = JsonWriter.of(Layout.KEYS);
        assertThrows(IllegalStateException.class, json::text);
        assertThrows(IllegalStateException.class, json::end);
        assertThrows(IllegalStateException.class, () -> json.field("key", "in no object"));
        json.object();
        assertThrows(IllegalStateException.class, () -> json.value("without a key"));
        assertThrows(IllegalStateException.class, json::text);
        json.array("key");
        assertThrows(IllegalStateException.class, () -> json.field("key", "in an array"));
        json.end();
        json.end();
        assertThrows(IllegalStateException.class, json::object);
        assertEquals("{\n  \"key\": []\n}\n", json.text());
    }
}
