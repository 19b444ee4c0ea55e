package io.github.strait.trace;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** The arguments of one call as strace printed them, split at the commas outside all brackets. */
public final class Arguments {
    /** How many arguments are told apart; no call prints more. */
    private static final int LIMIT = 40;

    private static final int FIRST = 4;
    private static final byte[] HEXADECIMAL = Ascii.word("0x");
    private static final int DIGITS = 16;
    private static final int DIGIT = 4;

    private final byte[] bytes;
    private final int from;
    private final int to;
    /** The places before and after each argument that was asked for, and of those in front of it. */
    private int[] bounds = new int[2 * FIRST];

    private int size;
    private int next;
    private boolean whole;

    private Arguments(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        next = Ascii.skipSpaces(bytes, from, to);
        if (next < to && bytes[next] == ',') {
            // since 6.16 the second half of a call begins with the separator
            next = Ascii.skipSpaces(bytes, next + 1, to);
        }
    }

    /** The arguments in a range of a buffer, which must not change; each is found when it is asked for. */
    static Arguments of(byte[] bytes, int from, int to) {
        return new Arguments(bytes, from, to);
    }

    /** The arguments that a text shows, in Latin-1. */
    public static Arguments of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return of(bytes, 0, bytes.length);
    }

    /** Whether there is such an argument, whose bounds are then known. */
    private boolean has(int index) {
        while (size <= index && !whole) {
            find();
        }
        return index < size;
    }

    /** Finds the next argument. */
    private void find() {
        int depth = 0;
        int p = next;
        while (p < to) {
            byte b = bytes[p];
            if (b == '(' || b == '[' || b == '{') {
                depth++;
            } else if (b == ')' || b == ']' || b == '}') {
                // the second half of a call may begin inside of brackets
                depth = Math.max(0, depth - 1);
            } else if (b == ',' && depth == 0 && size < LIMIT - 1) {
                add(next, p);
                next = Ascii.skipSpaces(bytes, p + 1, to);
                return;
            }
            p = ArgumentScanner.skip(bytes, from, p, to);
        }
        whole = true;
        if (next < to) {
            add(next, to);
        }
    }

    private void add(int start, int end) {
        if (2 * size == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        bounds[2 * size] = start;
        bounds[2 * size + 1] = end;
        size++;
    }

    /** How many there are. */
    public int size() {
        return has(LIMIT) ? LIMIT : size;
    }

    /** The text of an argument, bytes above 127 as Latin-1; empty when there are fewer. */
    public String text(int index) {
        if (!has(index)) {
            return "";
        }
        return new String(bytes, bounds[2 * index], length(index), StandardCharsets.ISO_8859_1);
    }

    private int length(int index) {
        return bounds[2 * index + 1] - bounds[2 * index];
    }

    /**
     * The content of a string argument, with strace's escapes undone and decoded as UTF-8; empty when the argument is
     * not a string or its quotes do not close.
     */
    public Optional<String> string(int index) {
        return bytes(index).map(content -> new String(content, StandardCharsets.UTF_8));
    }

    /** The same as {@link #string}, as bytes. */
    public Optional<byte[]> bytes(int index) {
        if (!has(index)) {
            return Optional.empty();
        }
        int p = bounds[2 * index];
        int to = bounds[2 * index + 1];
        // with -N the argument's name comes first
        while (p < to && bytes[p] != '"') {
            if (!Ascii.isNamePart(bytes[p]) && bytes[p] != '=') {
                return Optional.empty();
            }
            p++;
        }
        return p < to ? unquote(p + 1, to) : Optional.empty();
    }

    private Optional<byte[]> unquote(int start, int end) {
        int plain = ByteSearch.findEither(bytes, start, end, (byte) '"', (byte) '\\');
        if (plain < end && bytes[plain] == '"') {
            return Optional.of(Arrays.copyOfRange(bytes, start, plain));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int p = start;
        while (p < end && bytes[p] != '"') {
            out.write(Escapes.value(bytes, p, end));
            p += Escapes.length(bytes, p, end);
        }
        return p < end ? Optional.of(out.toByteArray()) : Optional.empty();
    }

    /** The unsigned hexadecimal number {@code 0x...} that an argument begins with; empty without one. */
    public OptionalLong hexadecimal(int index) {
        if (!has(index)) {
            return OptionalLong.empty();
        }
        int start = bounds[2 * index];
        int end = bounds[2 * index + 1];
        int at = Ascii.indexOf(bytes, start, end, HEXADECIMAL);
        if (at < 0 || (at > start && bytes[at - 1] != '=')) {
            return OptionalLong.empty();
        }
        int first = at + HEXADECIMAL.length;
        int p = first;
        long value = 0;
        while (p < end && p < first + DIGITS && Ascii.isHexDigit(bytes[p])) {
            value = value << DIGIT | Character.digit(bytes[p], DIGITS);
            p++;
        }
        return p == first ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
