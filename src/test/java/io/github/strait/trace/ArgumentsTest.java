package io.github.strait.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void commasOutsideOfBracketsDivide() {
        assertEquals(List.of("3", "{a=1, b=[2, 3]}", "f(4, 5)"), TraceEvent.texts(of("3, {a=1, b=[2, 3]}, f(4, 5)")));
        assertEquals(
                List.of("\"a, b\"", "3</x, y>", "5 /* a, b */"),
                TraceEvent.texts(of("\"a, b\", 3</x, y>, 5 /* a, b */")));
    }

    @Test
    void separatorsOfHalvesAreNoArguments() {
        assertEquals(List.of(), TraceEvent.texts(of("")));
        assertEquals(List.of("1"), TraceEvent.texts(of("1, ")));
        assertEquals(List.of("1", "2"), TraceEvent.texts(of(", 1, 2")));
        assertEquals(List.of("1", "2"), TraceEvent.texts(of(" 1, 2")));
    }

    @Test
    void aHalfMayBeginInsideOfBrackets() {
        assertEquals(List.of("b=2}", "3"), TraceEvent.texts(of("b=2}, 3")));
    }

    @Test
    void moreArgumentsThanAnyCallHasAreOne() {
        Arguments arguments = of("0, ".repeat(99) + "0");
        assertEquals(40, arguments.size());
        assertEquals("0, 0", arguments.text(39).substring(0, 4));
    }

    /** Each is found when it is asked for, whichever was asked for before. */
    @Test
    void argumentsMayBeAskedForInAnyOrder() {
        String text = "1, {2, 2}, \"3\", 0x4, 5=0x5, 6 /* , */, 7";
        List<String> inOrder = TraceEvent.texts(of(text));
        for (int first = 0; first <= inOrder.size(); first++) {
            Arguments arguments = of(text);
            assertEquals(first < inOrder.size() ? inOrder.get(first) : "", arguments.text(first));
            assertEquals(inOrder, TraceEvent.texts(arguments));
        }
        assertEquals(OptionalLong.of(5), of(text).hexadecimal(4));
        assertEquals(OptionalLong.of(-1), of("0xffffffffffffffff").hexadecimal(0));
        assertEquals(
                OptionalLong.of(0x1234567890abcdefL), of("0x1234567890abcdef0").hexadecimal(0));
    }

    @Test
    void anArgumentThatIsNotThereIsEmpty() {
        Arguments arguments = of("1");
        assertEquals("", arguments.text(1));
        assertEquals(Optional.empty(), arguments.string(1));
        assertEquals(OptionalLong.empty(), arguments.hexadecimal(1));
    }

    @Test
    void stringsLoseTheirEscapes() {
        assertEquals(Optional.of(""), of("\"\"").string(0));
        assertEquals(Optional.of("a\"b\\c"), of("\"a\\\"b\\\\c\"").string(0));
        assertEquals(Optional.of("\n\r\t\u000b\f"), of("\"\\n\\r\\t\\v\\f\"").string(0));
        assertEquals(Optional.of("\0" + "9"), of("\"\\0009\"").string(0));
        assertEquals(Optional.of("\1x"), of("\"\\1x\"").string(0));
        assertEquals(Optional.of("ä"), of("\"\\303\\244\"").string(0));
        assertEquals(Optional.of("ä"), of("\"\\xc3\\xa4\"").string(0));
        assertEquals(Optional.of("\u00018"), of("\"\\18\"").string(0));
    }

    @Test
    void stringsMayBeNamedOrTruncated() {
        assertEquals(Optional.of("/x"), of("pathname=\"/x\"").string(0));
        assertEquals(Optional.of("abc"), of("\"abc\"...").string(0));
    }

    @Test
    void whatIsNoStringHasNone() {
        assertEquals(Optional.empty(), of("0x7ffc").string(0));
        assertEquals(Optional.empty(), of("[\"a\"]").string(0));
        assertEquals(Optional.empty(), of("\"cut").string(0));
        assertEquals(Optional.empty(), of("\"cut\\").string(0));
    }

    @Test
    void hexadecimalNumbersAreUnsigned() {
        assertEquals(OptionalLong.of(0x7ffc), of("0x7ffc").hexadecimal(0));
        assertEquals(OptionalLong.of(-1), of("0xffffffffffffffff").hexadecimal(0));
        assertEquals(OptionalLong.of(0x10), of("addr=0x10").hexadecimal(0));
        assertEquals(OptionalLong.of(0x10), of("0x10 /* 4 vars */").hexadecimal(0));
        assertEquals(OptionalLong.of(-1), of("0x" + "f".repeat(40)).hexadecimal(0));
    }

    @Test
    void whatIsNoHexadecimalNumberHasNone() {
        assertEquals(OptionalLong.empty(), of("16").hexadecimal(0));
        assertEquals(OptionalLong.empty(), of("0x").hexadecimal(0));
        assertEquals(OptionalLong.empty(), of("a|0x10").hexadecimal(0));
    }

    private static Arguments of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Arguments.of(bytes, 0, bytes.length);
    }
}
