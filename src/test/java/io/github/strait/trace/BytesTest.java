package io.github.strait.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts that look at bytes. */
class BytesTest {
    @Test
    void aByteIsFoundAtEveryPlaceOfEveryRange() {
        for (int length = 0; length <= 27; length++) {
            for (int from = 0; from <= length; from++) {
                for (int at = 0; at < length; at++) {
                    byte[] bytes = new byte[length];
                    bytes[at] = '\n';
                    int expected = at < from ? length : at;
                    assertEquals(expected, ByteSearch.find(bytes, from, length, (byte) '\n'));
                    assertEquals(expected, ByteSearch.findEither(bytes, from, length, (byte) '\r', (byte) '\n'));
                    assertEquals(expected, ByteSearch.findEither(bytes, from, length, (byte) '\n', (byte) '\r'));
                }
            }
        }
    }

    /** Bytes with the high bit, and bytes that differ from the wanted one by one, mislead careless arithmetic. */
    @ParameterizedTest
    @ValueSource(bytes = {0, 1, '"', '\n', 0x7d})
    void theSearchAgreesWithALoop(byte wanted) {
        Random random = new Random(wanted);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = (byte) (wanted + random.nextInt(9) - 4 + (random.nextBoolean() ? 0x80 : 0));
            }
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);
            byte other = (byte) (wanted + 2);
            assertEquals(loop(bytes, from, to, wanted, wanted), ByteSearch.find(bytes, from, to, wanted));
            assertEquals(loop(bytes, from, to, wanted, other), ByteSearch.findEither(bytes, from, to, wanted, other));
        }
    }

    @Test
    void unusualBytesAreThoseOfNoPrintableText() {
        Random random = new Random(5);
        byte[] near = {0, 1, 0x1f, ' ', '!', 'a', 0x7e, 0x7f, (byte) 0x80, (byte) 0x9f, (byte) 0xa0, (byte) 0xff};
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] =
                        random.nextInt(12) == 0 ? near[random.nextInt(near.length)] : (byte) ('!' + random.nextInt(94));
            }
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);
            int expected = from;
            while (expected < to && bytes[expected] >= ' ') {
                expected++;
            }
            assertEquals(expected, ByteSearch.findUnusual(bytes, from, to));
        }
    }

    @Test
    void whatStandsBehindTheRangeIsNotFound() {
        byte[] bytes = bytes("abcdefghijklmnop|");
        assertEquals(16, ByteSearch.find(bytes, 0, 16, (byte) '|'));
        assertEquals(3, ByteSearch.findEither(bytes, 1, 3, (byte) 'a', (byte) 'd'));
        assertEquals(2, ByteSearch.findEither(bytes, 1, 9, (byte) 'd', (byte) 'c'));
    }

    @ParameterizedTest
    @CsvSource({
        "a, 1, 97",
        "'\\', 1, 92",
        "\\n, 2, 10",
        "\\r, 2, 13",
        "\\t, 2, 9",
        "\\v, 2, 11",
        "\\f, 2, 12",
        "'\\\"', 2, 34",
        "'\\\\', 2, 92",
        "\\0, 2, 0",
        "\\08, 2, 0",
        "\\18, 2, 1",
        "\\377, 4, 255",
        "\\1234, 4, 83",
        "\\x41, 4, 65",
        "\\xffa, 4, 255",
        "\\xfg, 3, 15",
    })
    void escapesHaveALengthAndAValue(String text, int length, int value) {
        byte[] bytes = bytes(text);
        assertEquals(length, Escapes.length(bytes, 0, bytes.length));
        assertEquals(value, Escapes.value(bytes, 0, bytes.length));
    }

    @Test
    void escapesEndWithTheirRange() {
        byte[] bytes = bytes("a\\377");
        assertEquals(3, Escapes.length(bytes, 1, 4));
        assertEquals(31, Escapes.value(bytes, 1, 4));
        assertEquals(1, Escapes.length(bytes, 1, 2));
        assertEquals(0xe9, Escapes.value(new byte[] {(byte) 0xe9}, 0, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "E[33mgetpidE[0m(), getpid()",
        "E[m|, |",
        "E[1;38;5;9mx, x",
        "0a0, a",
        "E[0, [0",
        "E[33, [33",
        "E[33x, ''",
        "E[?2004lx, x",
        "E]0;titleGx, x",
        "E]0;title, ]0;title",
        "E, ''",
        "EE[0m, ''",
    })
    void coloursAreTakenOff(String text, String expected) {
        byte[] bytes =
                bytes(text.equals("0a0") ? "\0a\0" : text.replace('E', '\u001b').replace('G', '\u0007'));
        boolean marked = !text.equals("plain");
        assertEquals(marked, CleanText.isNeeded(bytes, 0, bytes.length, true));
        String plain = new String(CleanText.of(bytes, 0, bytes.length, true), StandardCharsets.UTF_8);
        assertEquals(expected, plain.replace("\u001b", ""));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "a &lt;b&gt; &amp;lt; &quot;&#34;&apos;&#39;&#x27;, a <b> &lt; \"\"'''",
                "a&nbsp;b\u00a0c, a b c",
                "\u201cx\u201d \u2018y\u2019 \u2026, \"x\" 'y' ...",
                "&lt &nosuch; \u2013 \u00a9, &lt &nosuch; \u2013 \u00a9",
                "`a&  `, a&",
                "&lt;\u2026, <..."
            })
    void whatCopyingDoesIsUndone(String text, String expected) {
        byte[] bytes = bytes(text);
        assertTrue(CleanText.isNeeded(bytes, 0, bytes.length, false));
        assertEquals(expected, new String(CleanText.of(bytes, 0, bytes.length, false), StandardCharsets.UTF_8));
    }

    @Test
    void tabsAreSpacesOnlyWhereAskedFor() {
        byte[] bytes = bytes("9\tclose(3)\t= 0");
        assertFalse(CleanText.isNeeded(bytes, 0, bytes.length, false));
        assertTrue(CleanText.isNeeded(bytes, 0, bytes.length, true));
        assertArrayEquals(bytes("9 close(3) = 0"), CleanText.of(bytes, 0, bytes.length, true));
        assertArrayEquals(bytes, CleanText.of(bytes, 0, bytes.length, false));
    }

    @Test
    void overlaysAreLookedForInTheRangeAlone() {
        byte[] bytes = bytes("\0abc\u001b");
        assertFalse(CleanText.isNeeded(bytes, 1, 4, true));
        assertTrue(CleanText.isNeeded(bytes, 0, 4, true));
        assertTrue(CleanText.isNeeded(bytes, 1, 5, true));
        assertArrayEquals(bytes("bc"), CleanText.of(bytes, 2, 4, true));
    }

    private static int loop(byte[] bytes, int from, int to, byte one, byte two) {
        int p = from;
        while (p < to && bytes[p] != one && bytes[p] != two) {
            p++;
        }
        return p;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
