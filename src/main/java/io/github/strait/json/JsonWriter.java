package io.github.strait.json;

import static com.google.common.base.Preconditions.checkState;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/**
 * Writes one JSON document, indented by two spaces. The same calls give the same bytes.
 *
 * <p>It is written here because every run writes JSON: a generator of Jackson's makes the JVM load 69 classes, and leaves the
 * layout to do.
 */
public final class JsonWriter {
    /** Where lines end. */
    public enum Layout {
        /** Each key and each element of an array has a line. */
        LINES,
        /** Each key has a line. Arrays go on where they begin: {@code [ 1, 2 ]}. */
        KEYS
    }

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    private static final int NOWHERE = -1;

    private final Layout layout;
    private final char highest;
    private final StringBuilder out = new StringBuilder();

    /** The brackets that are open. */
    private final StringBuilder open = new StringBuilder();

    private int indent;

    /** How many brackets were open where a container on one line began. */
    private int line = NOWHERE;

    private boolean isLineNext;
    private boolean isEmpty;
    private boolean isNamed;

    private JsonWriter(Layout layout, char highest) {
        this.layout = layout;
        this.highest = highest;
    }

    /** A writer that keeps all letters as they are. */
    public static JsonWriter of(Layout layout) {
        return new JsonWriter(layout, Character.MAX_VALUE);
    }

    /** A writer whose document may go to a terminal, whatever its strings hold: all but printable ASCII is escaped. */
    public static JsonWriter ascii(Layout layout) {
        return new JsonWriter(layout, '~');
    }

    /** Puts the object or array that begins next on one line, with all that is in it. */
    @CanIgnoreReturnValue
    public JsonWriter onOneLine() {
        isLineNext = true;
        return this;
    }

    /** Begins an object as an element, or as the document. */
    public void object() {
        begin('{');
    }

    /** Begins an object under a key. */
    public void object(String name) {
        name(name);
        begin('{');
    }

    /** Begins an array as an element. */
    public void array() {
        begin('[');
    }

    /** Begins an array under a key. */
    public void array(String name) {
        name(name);
        begin('[');
    }

    /** Ends the object or array that began last. */
    public void end() {
        int last = open.length() - 1;
        checkState(last >= 0 && !isNamed, "nothing to end");
        boolean isArray = open.charAt(last) == '[';
        if (isIndented(isArray)) {
            indent--;
        }
        if (!isEmpty) {
            space(isArray);
        }
        out.append(isArray ? ']' : '}');
        open.setLength(last);
        if (line == last) {
            line = NOWHERE;
        }
        isEmpty = false;
    }

    /** Writes a string under a key. */
    public void field(String name, String value) {
        name(name);
        value(value);
    }

    /** Writes a number under a key. */
    public void field(String name, long value) {
        name(name);
        literal(Long.toString(value));
    }

    /** Writes {@code true} or {@code false} under a key. */
    public void field(String name, boolean value) {
        name(name);
        literal(Boolean.toString(value));
    }

    /** Writes a number of 64 bits without a sign under a key. */
    public void unsigned(String name, long value) {
        name(name);
        literal(Long.toUnsignedString(value));
    }

    /** Writes a number that is spelt so under a key. */
    public void decimal(String name, String spelling) {
        name(name);
        literal(spelling);
    }

    /** Writes a number that is spelt so as an element. */
    public void decimal(String spelling) {
        literal(spelling);
    }

    /** Writes an array of strings under a key. */
    public void field(String name, Iterable<String> values) {
        array(name);
        for (String value : values) {
            value(value);
        }
        end();
    }

    /** Writes a string as an element. */
    public void value(String value) {
        element();
        quoted(value);
    }

    /** Writes a number as an element. */
    public void value(long value) {
        literal(Long.toString(value));
    }

    /** The document, with a final newline; all that began must have ended. */
    public String text() {
        checkState(open.isEmpty() && !out.isEmpty(), "the document has not ended");
        return out.append('\n').toString();
    }

    private void literal(String text) {
        element();
        out.append(text);
    }

    private void begin(char bracket) {
        element();
        out.append(bracket);
        if (isLineNext && line == NOWHERE) {
            line = open.length();
        }
        isLineNext = false;
        open.append(bracket);
        if (isIndented(bracket == '[')) {
            indent++;
        }
        isEmpty = true;
    }

    private boolean isIndented(boolean isArray) {
        return !isArray || layout == Layout.LINES;
    }

    private void name(String name) {
        int last = open.length() - 1;
        checkState(last >= 0 && open.charAt(last) == '{' && !isNamed, "a key belongs into an object");
        separate(false);
        quoted(name);
        out.append(": ");
        isNamed = true;
    }

    /** Writes the separator before a value; nothing after its key. */
    private void element() {
        if (isNamed) {
            isNamed = false;
            return;
        }
        if (open.isEmpty()) {
            checkState(out.isEmpty(), "the document has ended");
            return;
        }
        checkState(open.charAt(open.length() - 1) == '[', "a value of an object has a key");
        separate(true);
    }

    private void separate(boolean isArray) {
        if (!isEmpty) {
            out.append(',');
            if (line != NOWHERE) {
                out.append(' ');
            }
        }
        space(isArray);
        isEmpty = false;
    }

    /** Between what is in a container and its brackets, and between its entries. */
    private void space(boolean isArray) {
        if (line != NOWHERE) {
            return;
        }
        if (!isIndented(isArray)) {
            out.append(' ');
            return;
        }
        out.append('\n');
        for (int i = 0; i < indent; i++) {
            out.append("  ");
        }
    }

    private void quoted(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > highest || c == '"' || c == '\\') {
                escaped(c);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private void escaped(char c) {
        out.append('\\');
        switch (c) {
            case '"', '\\' -> out.append(c);
            case '\b' -> out.append('b');
            case '\t' -> out.append('t');
            case '\n' -> out.append('n');
            case '\f' -> out.append('f');
            case '\r' -> out.append('r');
            default ->
                out.append('u')
                        .append(HEX[c >> 12])
                        .append(HEX[c >> 8 & 0xf])
                        .append(HEX[c >> 4 & 0xf])
                        .append(HEX[c & 0xf]);
        }
    }
}
