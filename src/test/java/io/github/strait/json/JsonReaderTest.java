package io.github.strait.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.strait.json.JsonException.Kind;
import io.github.strait.json.JsonReader.Leniency;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents as trees: what is read, where it stood, and what is refused. */
class JsonReaderTest {
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"a\"",
            "\"b\"",
            "\"\\u00e9\\n\"",
            "\"é\"",
            "0",
            "-1",
            "2.50",
            "1e3",
            "true",
            "false",
            "null",
            " ",
            "\n",
            "\r\n",
            "//",
            "/*",
            "*/",
            "#",
            "'",
            "x",
            "{\"a\": 1, \"a\": 2}",
            "[1, [2], {}]");

    private static String whole(Random random, int depth) {
        StringBuilder text = new StringBuilder(" ".repeat(random.nextInt(2)));
        int members = random.nextInt(4);
        switch (depth == 0 ? 2 : random.nextInt(4)) {
            case 0 -> {
                text.append('{');
                for (int i = 0; i < members; i++) {
                    text.append(i == 0 ? "" : ",\n")
                            .append("\"k")
                            .append(i)
                            .append("\":")
                            .append(whole(random, depth - 1));
                }
                text.append('}');
            }
            case 1 -> {
                text.append('[');
                for (int i = 0; i < members; i++) {
                    text.append(i == 0 ? "" : ",\n").append(whole(random, depth - 1));
                }
                text.append(']');
            }
            default -> text.append(PIECES.get(6 + random.nextInt(11)));
        }
        return text.append("\n".repeat(random.nextInt(2))).toString();
    }

    /** A document, or what is left of one when some of it is replaced. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder(whole(random, 4));
        for (int i = random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(3));
            text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    /** What data binding makes of the same document, or refuses in the same words. */
    @Property
    void readsWhatDataBindingReads(@ForAll long seed) throws Exception {
        String text = text(new Random(seed));
        JsonMapper mapper = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Json json;
        try {
            json = new JsonReader(Leniency.NONE).read(bytes);
        } catch (JsonException e) {
            if (!text.isBlank()) {
                Exception refused = assertThrows(Exception.class, () -> mapper.readTree(bytes), text);
                if (e.kind() == Kind.CUT || e.kind() == Kind.MALFORMED) {
                    assertEquals(((JacksonException) refused).getOriginalMessage(), e.message(), text);
                }
            }
            return;
        }
        assertSame(mapper.readTree(bytes), json);
        assertEquals(
                json.kind(), new JsonReader(Leniency.REPEATED_KEYS).read(text).kind());
    }

    private static void assertSame(JsonNode node, Json json) {
        if (json instanceof Json.Fields fields) {
            assertEquals(node.size(), fields.members().size());
            fields.members().forEach(member -> assertSame(node.get(member.name()), member.value()));
        } else if (json instanceof Json.Items items) {
            assertEquals(node.size(), items.list().size());
            Iterator<JsonNode> elements = node.elements();
            items.list().forEach(element -> assertSame(elements.next(), element));
        } else if (json instanceof Json.Text text) {
            assertEquals(node.textValue(), text.value());
        } else if (json instanceof Json.Numeral numeral) {
            assertEquals(0, node.decimalValue().compareTo(new BigDecimal(numeral.spelling())));
        } else {
            assertEquals(node.toString(), json.kind());
        }
    }

    @Test
    void keepsLinesAndSpellings() throws JsonException {
        Json.Fields fields = (Json.Fields)
                new JsonReader(Leniency.NONE).read("{\n  \"a\": 1.50,\n  \"b\":\n    [true, \"é\", null]}");
        assertEquals(1, fields.line());
        assertEquals(Optional.of(new Json.Numeral(2, "1.50")), fields.find("a"));
        Json.Items items = (Json.Items) fields.find("b").orElseThrow();
        assertEquals(4, items.line());
        assertEquals(new Json.Literal(4, "null"), items.list().get(2));
        assertEquals(Optional.empty(), fields.find("c"));
    }

    @Test
    void theLastOfRepeatedKeysIsFound() throws JsonException {
        Json.Fields fields =
                (Json.Fields) new JsonReader(Leniency.REPEATED_KEYS).read("{\"a\": 1, \"b\": 2, \"a\": 3}");
        assertEquals(3, fields.members().size());
        assertEquals("the number 3", fields.find("a").orElseThrow().kind());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NONE|[1|CUT|1",
                "NONE|\"a|CUT|1",
                "NONE|` `|CUT|1",
                "NONE|[1] [2]|FOLLOWED|1",
                "NONE|`[1]\n[2]`|FOLLOWED|2",
                "NONE|[1]x|MALFORMED|1",
                "NONE|{\"a\":1,\"a\":2}|MALFORMED|1",
                "NONE|[1] // 2|MALFORMED|1",
                "REPEATED_KEYS|[1] // 2|MALFORMED|1",
                "NONE|[[[[[[]]]]]]|TOO_LARGE|0",
                "NONE|[1,2,3,4,5,6,7,8]|TOO_LARGE|0",
                "REPEATED_KEYS_AND_COMMENTS|/* nothing */|CUT|1"
            })
    void saysWhatIsWrongAndWhere(Leniency leniency, String text, Kind kind, int line) {
        JsonReader reader = new JsonReader(leniency, 5, 9);
        JsonException e = assertThrows(JsonException.class, () -> reader.read(text));
        assertEquals(kind, e.kind(), e.message());
        assertEquals(line, e.line());
    }

    @Test
    void readsCommentsWhereTheyAreAllowed() throws JsonException {
        JsonReader reader = new JsonReader(Leniency.REPEATED_KEYS_AND_COMMENTS);
        assertEquals("an array", reader.read("/* a */ [1, // b\n 2]").kind());
    }
}
