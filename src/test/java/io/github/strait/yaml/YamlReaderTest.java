package io.github.strait.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.strait.json.Json;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    private static final YamlReader READER = new YamlReader(32, 10_000);

    private static Json one(String text) throws YamlException {
        ImmutableList<Json> documents = READER.read(text).documents();
        assertEquals(1, documents.size());
        return documents.get(0);
    }

    private static String refusal(String text) {
        YamlException refused = assertThrows(YamlException.class, () -> READER.read(text));
        return refused.line() + ": " + refused.message();
    }

    @Test
    void valuesKnowTheirLines() throws YamlException {
        Json.Fields document = (Json.Fields) one("""
                # a comment
                a: text
                b: [1, 0x1F, true, ~, 'on',
                  "x\\ty"]
                c:
                  d: |
                    two
                    lines
                """);
        assertEquals(new Json.Text(2, "text"), document.find("a").orElseThrow());
        assertEquals(
                new Json.Items(
                        3,
                        ImmutableList.of(
                                new Json.Numeral(3, "1"),
                                new Json.Numeral(3, "31"),
                                new Json.Literal(3, "true"),
                                new Json.Literal(3, "null"),
                                new Json.Text(3, "on"),
                                new Json.Text(4, "x\ty"))),
                document.find("b").orElseThrow());
        Json.Fields inner = (Json.Fields) document.find("c").orElseThrow();
        assertEquals(6, inner.line());
        assertEquals(new Json.Text(6, "two\nlines\n"), inner.find("d").orElseThrow());
    }

    @Test
    void aFileMayHaveSeveralDocuments() throws YamlException {
        assertEquals(
                ImmutableList.of(new Json.Text(2, "a"), new Json.Items(6, ImmutableList.of(new Json.Numeral(6, "1")))),
                READER.read("---\na\n---\n# nothing\n---\n- 1\n...\n").documents());
        assertEquals(ImmutableList.of(), READER.read("# nothing\n").documents());
    }

    @Test
    void anAliasStandsForItsAnchor() throws YamlException {
        Json.Fields document = (Json.Fields) one("a: &x {b: 1}\nc: [*x, *x]\n&k d: *k\n");
        Json named = document.find("a").orElseThrow();
        assertEquals(
                new Json.Items(2, ImmutableList.of(named, named)),
                document.find("c").orElseThrow());
        assertEquals(new Json.Text(3, "d"), document.find("d").orElseThrow());
        assertEquals("1: alias *a stands inside of what it names", refusal("a: &a [*a]"));
        assertEquals("1: alias *b stands before its anchor, or has none", refusal("a: *b"));
        assertEquals("3: alias *a stands before its anchor, or has none", refusal("a: &a 1\n---\nb: *a"));
    }

    /** Nine levels of nine aliases each would be 400 million values. */
    @Test
    void aBombIsRefusedWithoutBeingBuilt() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(8) + "*a" + (i - 1) + "]\n");
        }
        assertEquals("5: larger than any profile (more than 10000 values); is it one?", refusal(bomb.toString()));
    }

    @Test
    void depthIsBoundedThroughAliasesToo() throws YamlException {
        assertEquals(32, one("[".repeat(32) + "]".repeat(32)).toString().split("Items", -1).length - 1);
        assertEquals("1: deeper than any profile (more than 32 levels); is it one?", refusal("[".repeat(33)));
        String twenty = "[".repeat(20) + "]".repeat(20);
        assertEquals(
                "2: deeper than any profile (more than 32 levels); is it one?",
                refusal("a: &a " + twenty + "\nb: " + "[".repeat(15) + "*a"));
        one("a: &a " + twenty + "\nb: " + "[".repeat(11) + "*a" + "]".repeat(11));
    }

    @ParameterizedTest
    @CsvSource({
        "'a: !!str 1', 1: a tag such as !!str is not read; remove it",
        "'a: !x {}', 1: a tag such as !!str is not read; remove it",
        "'%YAML 1.1\n---\na: 1', 1: a directive such as %YAML is not read; remove it",
        "'a: 1\na: 1', 2: key 'a' comes twice; remove one",
        "'? [a]\n: 1', 1: a key is text; an alias or a collection cannot be one",
        "'a: &x b\n*x : 1', 2: a key is text; an alias or a collection cannot be one",
    })
    void whatAConfigurationHasNoUseForIsRefused(String text, String message) {
        assertEquals(message, refusal(text));
        assertTrue(!assertThrows(YamlException.class, () -> READER.read(text)).isSyntax());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a: b: c", "a: [1", "a:\n\t- b", "\u0001", "a: \"\\q\"", "a: 'b", "- a\nb: c", "@a", "a: %"})
    void whatIsNotYamlIsASyntaxError(String text) {
        assertTrue(assertThrows(YamlException.class, () -> READER.read(text)).isSyntax());
    }

    /** By the grammars of YAML 1.1's types and of YAML 1.2's core schema. */
    @ParameterizedTest
    @CsvSource({
        "010, a number in base 8, a decimal number",
        "08, text, a decimal number",
        "-007, a number in base 8, a decimal number",
        "0o17, text, a number in base 8",
        "0b11, a number in base 2, text",
        "0X1F, a number in base 16, text",
        "-0x1F, a number in base 16, text",
        "0x1_F, a number in base 16, text",
        "1_000, a number without its underscores, text",
        "1:30, a number in base 60, text",
        "12:30:45.1, a number in base 60, text",
        "1e3, text, a number with an exponent",
        "1.5e3, text, a number with an exponent",
        "2026-01-31, a date, text",
        "yes, true, text",
        "on, true, text",
        "Y, true, text",
        "n, false, text",
        "OFF, false, text",
        "=, an instruction, text",
        "0x1000000000000000000000000000000000000000F, perhaps a number, perhaps text",
        "1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1, perhaps a number, perhaps text",
    })
    void whatReadersTakeForDifferentValuesIsADoubt(String scalar, String old, String now) throws YamlException {
        YamlStream stream = READER.read("a: x\nb:\n- " + scalar + "\n");
        Json document = stream.documents().get(0);
        assertEquals(Optional.of(new Doubt(3, scalar, old, now)), stream.doubtIn(document));
        assertEquals(
                Optional.empty(),
                stream.doubtIn(((Json.Fields) document).find("a").orElseThrow()));
        YamlStream key = READER.read(scalar + ": 1");
        assertEquals(
                Optional.of(new Doubt(1, scalar, old, now)),
                key.doubtIn(key.documents().get(0)));
        YamlStream quoted = READER.read("- '" + scalar + "'\n- \"" + scalar + "\"\n- |-\n  " + scalar + "\n");
        assertEquals(Optional.empty(), quoted.doubtIn(quoted.documents().get(0)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "12",
                "0x1F",
                "1.5",
                ".5",
                "1.",
                "true",
                "False",
                "null",
                "~",
                "read",
                "0a",
                "1.2.3",
                "a:b",
                "-",
                "x86_64",
                "_",
                "no_one",
                "18446744073709551615",
                ".inf",
                "1-2",
                "2026-01",
                "yes sir"
            })
    void whatTheyAgreeOnIsNone(String scalar) throws YamlException {
        YamlStream stream = READER.read("a: " + scalar.replaceFirst("^-$", "'-'"));
        assertEquals(Optional.empty(), stream.doubtIn(stream.documents().get(0)));
    }

    /** Text that would be slow for a reader that looks back, calls itself or builds what it refuses. */
    @ParameterizedTest
    @ValueSource(
            strings = {"[", "{", "- ", "? ", "a: &a ", "*a ", "!a ", "'", "\"\\", "# ", "\n", "a: [b, {c: ", "9", "|\n "
            })
    void pathologicalTextTakesBoundedTime(String piece) {
        String text = piece.repeat(8_000_000 / piece.length());
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            try {
                READER.read(text);
            } catch (YamlException e) {
                assertTrue(e.line() >= 1, e.message());
            }
        });
    }
}
