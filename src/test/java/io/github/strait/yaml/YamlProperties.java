package io.github.strait.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.strait.json.Json;
import io.github.strait.json.JsonException;
import io.github.strait.json.JsonReader;
import io.github.strait.json.JsonReader.Leniency;
import io.github.strait.json.JsonWriter;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class YamlProperties {
    private static final YamlReader READER = new YamlReader(32, 10_000);

    @Provide
    Arbitrary<String> text() {
        return Arbitraries.strings()
                .all()
                .ofMaxLength(20)
                .filter(text -> text.codePoints().noneMatch(c -> c >= 0xd800 && c < 0xe000));
    }

    /** Words that are not text without quotes, and near ones. */
    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings()
                .withChars("0129xobeEyYnNofs_.:-+=<~truealTnu")
                .ofMaxLength(6);
    }

    @Provide
    Arbitrary<String> yaml() {
        return Arbitraries.of(
                        "a", "b: ", "- ", "\n", "  ", "[", "]", "{", "}", ", ", "&a ", "*a", "!t ", "'", "\"", "|\n",
                        "---\n", "...\n", "? ", ": ", "#", "%", "\t", "\\", "010", "~", "\u0000", "é", "\u0085")
                .list()
                .ofMaxSize(30)
                .map(pieces -> String.join("", pieces));
    }

    private static void assertReadsBack(String text) throws YamlException {
        String written = "a: " + YamlText.of(text) + "\n";
        assertTrue(written.chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~')), written);
        YamlStream stream = READER.read(written);
        assertEquals(
                ImmutableList.of(new Json.Fields(1, ImmutableList.of(new Json.Member("a", new Json.Text(1, text))))),
                stream.documents());
        assertEquals(Optional.empty(), stream.doubtIn(stream.documents().get(0)));
    }

    @Property
    void anyTextIsReadAsWritten(@ForAll("text") String text) throws YamlException {
        assertReadsBack(text);
    }

    @Property(tries = 3000)
    void wordsThatReadersTakeForValuesAreQuoted(@ForAll("words") String text) throws YamlException {
        assertReadsBack(text);
    }

    @Property(tries = 3000)
    void anyOtherTextIsReadOrRefused(@ForAll("yaml") String text) {
        try {
            READER.read(text).documents().forEach(document -> assertTrue(document.line() >= 1));
        } catch (YamlException e) {
            assertTrue(e.line() >= 1 && !e.message().isEmpty());
        }
    }

    /** JSON is YAML: both readers see the same tree, at the same lines. */
    @Property
    void jsonIsReadAlike(@ForAll List<@IntRange(min = 0) Integer> numbers, @ForAll("text") String text)
            throws YamlException, JsonException {
        JsonWriter json = JsonWriter.ascii(JsonWriter.Layout.LINES);
        json.object();
        json.field("text", text.codePoints().anyMatch(c -> c > 0xffff) ? "x" : text);
        json.array("list");
        numbers.forEach(json::value);
        json.object();
        json.field("on", true);
        json.end();
        json.end();
        json.end();
        String document = json.text();
        assertEquals(
                ImmutableList.of(new JsonReader(Leniency.NONE).read(document)),
                READER.read(document).documents());
    }
}
