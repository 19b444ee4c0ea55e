package io.github.strait.qemu;

import java.nio.charset.StandardCharsets;

/**
 * Divides the lines of a log into parts. qemu prints a call when it begins and its result when it returns, so where several
 * tasks run, a call may stand after another one's arguments. It prints strings as they are: with quotes and line feeds.
 */
final class GuestLineScanner {
    /** The kernel's limit of one argument of execve; a string that is longer does not end. */
    private static final int LONGEST_STRING = 1 << 17;

    private static final int LONGEST_NAME = 64;
    private static final int DIGITS = 10;
    private static final byte[] RESULT = ascii(" = ");
    private static final byte[] UNKNOWN = ascii("Unknown syscall ");
    private static final byte[] SIGNAL = ascii("--- SIG");
    private static final byte[] SIGNAL_END = ascii(" ---");
    private static final int NOT_CLOSED = -1;

    private final GuestParts parts;
    private byte[] bytes = new byte[0];
    private int to;
    /** How deep the arguments are nested. */
    private int depth;
    /** Bytes of a string that has not ended yet; 0 where there is none. */
    private int open;

    GuestLineScanner(GuestParts parts) {
        this.parts = parts;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Scans one line, without its end. */
    void scan(byte[] line, int from, int end) {
        bytes = line;
        to = end;
        int p = from;
        if (open > 0) {
            int length = open + end - from + 1;
            open = 0;
            p = string(from, length);
            p = p == NOT_CLOSED ? NOT_CLOSED : close(p);
            parts.continued();
        }
        while (p != NOT_CLOSED && p < to) {
            p = part(p);
        }
    }

    /** Takes the part that begins here, and returns where the next one does. */
    private int part(int p) {
        if (isAt(p, RESULT)) {
            parts.result(p + RESULT.length, to);
            return to;
        } else if (isAt(p, SIGNAL) && isAt(to - SIGNAL_END.length, SIGNAL_END)) {
            parts.signal(p, to);
            return to;
        }
        int space = digits(p, DIGITS);
        boolean isLine = space > p && space < to && bytes[space] == ' ';
        if (isLine && isAt(space + 1, UNKNOWN)) {
            int first = space + 1 + UNKNOWN.length;
            int last = digits(first, DIGITS);
            if (last == to && last > first) {
                parts.number(decimal(p, space), (int) decimal(first, last));
                return to;
            }
        }
        int parenthesis = isLine ? word(space + 1) : space;
        if (isLine && parenthesis > space + 1 && parenthesis < to && bytes[parenthesis] == '(') {
            depth = 1;
            int after = close(parenthesis + 1);
            String name = new String(bytes, space + 1, parenthesis - space - 1, StandardCharsets.US_ASCII);
            boolean isClosed = after != NOT_CLOSED;
            parts.call(decimal(p, space), name, parenthesis + 1, isClosed ? after - 1 : to, isClosed || open > 0);
            return after;
        }
        parts.text(p, to);
        return to;
    }

    /** The place after the parenthesis that closes the arguments. */
    private int close(int from) {
        int p = from;
        while (p < to) {
            byte b = bytes[p++];
            if (b == '(' || b == '{' || b == '[') {
                depth++;
            } else if (b == ')' || b == '}' || b == ']') {
                if (--depth == 0) {
                    return p;
                }
            } else if (b == '"') {
                p = string(p, 1);
                if (p == NOT_CLOSED) {
                    return NOT_CLOSED;
                }
            }
        }
        return NOT_CLOSED;
    }

    /**
     * The place after the quote that ends a string. A quote does where a comma or a bracket follows, which may stand in a
     * string as well.
     *
     * @param length how long the string is so far, at least 1
     */
    private int string(int from, int length) {
        for (int p = from; p + 1 < to; p++) {
            if (bytes[p] == '"' && isAfterString(bytes[p + 1])) {
                return p + 1;
            }
        }
        int all = length + to - from;
        open = all > LONGEST_STRING ? 0 : all;
        return NOT_CLOSED;
    }

    private static boolean isAfterString(byte b) {
        return b == ',' || b == ')' || b == '}' || b == ']' || b == '.';
    }

    private int digits(int from, int most) {
        int p = from;
        while (p < to && p < from + most && bytes[p] >= '0' && bytes[p] <= '9') {
            p++;
        }
        return p;
    }

    private long decimal(int from, int end) {
        long value = 0;
        for (int p = from; p < end; p++) {
            value = 10 * value + bytes[p] - '0';
        }
        return value;
    }

    private int word(int from) {
        int p = from;
        while (p < to && p < from + LONGEST_NAME && isLetter(bytes[p], p > from)) {
            p++;
        }
        return p;
    }

    private static boolean isLetter(byte b, boolean orDigit) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_' || (orDigit && b >= '0' && b <= '9');
    }

    private boolean isAt(int from, byte[] word) {
        if (from < 0 || from + word.length > to) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (bytes[from + i] != word[i]) {
                return false;
            }
        }
        return true;
    }
}
