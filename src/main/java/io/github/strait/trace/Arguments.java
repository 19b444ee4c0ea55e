package io.github.strait.trace;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/** The arguments of one call as strace printed them, split at the commas outside all brackets. */
public final class Arguments {
    private final byte[] bytes;
    private final int[] bounds;
    private final int size;

    private Arguments(byte[] bytes, int[] bounds, int size) {
        this.bytes = bytes;
        this.bounds = bounds;
        this.size = size;
    }

    /** Splits a range of a buffer into at most {@value #LIMIT} arguments; no call prints more. */
    static Arguments of(byte[] bytes, int from, int to) {
        int[] bounds = new int[2 * LIMIT];
        int size = 0;
        int start = Ascii.skipSpaces(bytes, from, to);
        if (start < to && bytes[start] == ',') {
            // since 6.16 the second half of a call begins with the separator
            start = Ascii.skipSpaces(bytes, start + 1, to);
        }
        int depth = 0;
        int p = start;
        while (p < to) {
            byte b = bytes[p];
            if (b == '(' || b == '[' || b == '{') {
                depth++;
            } else if (b == ')' || b == ']' || b == '}') {
                // the second half of a call may begin inside of brackets
                depth = Math.max(0, depth - 1);
            } else if (b == ',' && depth == 0 && size < LIMIT - 1) {
                bounds[2 * size] = start;
                bounds[2 * size + 1] = p;
                size++;
                start = Ascii.skipSpaces(bytes, p + 1, to);
            }
            p = ArgumentScanner.skip(bytes, from, p, to);
        }
        if (start < to) {
            bounds[2 * size] = start;
            bounds[2 * size + 1] = to;
            size++;
        }
        return new Arguments(bytes, bounds, size);
    }

    private static final int LIMIT = 40;

    public int size() {
        return size;
    }

    /** The text of an argument, bytes above 127 as Latin-1; empty when there are fewer. */
    public String text(int index) {
        if (index >= size) {
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
        if (index >= size) {
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

    private Optional<byte[]> unquote(int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int p = from;
        while (p < to && bytes[p] != '"') {
            out.write(Escapes.value(bytes, p, to));
            p += Escapes.length(bytes, p, to);
        }
        return p < to ? Optional.of(out.toByteArray()) : Optional.empty();
    }

    /** The unsigned hexadecimal number {@code 0x...} that an argument begins with; empty without one. */
    public OptionalLong hexadecimal(int index) {
        String text = text(index);
        int start = text.indexOf("0x");
        if (start < 0 || (start > 0 && text.charAt(start - 1) != '=')) {
            return OptionalLong.empty();
        }
        int p = start + 2;
        while (p < text.length() && Ascii.isHexDigit(text.charAt(p)) && p < start + 18) {
            p++;
        }
        return p == start + 2 ? OptionalLong.empty() : OptionalLong.of(Long.parseUnsignedLong(text, start + 2, p, 16));
    }
}
