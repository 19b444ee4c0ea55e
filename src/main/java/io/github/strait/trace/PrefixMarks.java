package io.github.strait.trace;

/**
 * Marks in front of single lines: mail quotations, comments, lists, tables, diffs, line numbers and blanks. Unlike a
 * {@link CommonPrefix}, they differ from line to line.
 */
final class PrefixMarks {
    /** The deepest quotation of quotations. */
    static final int MOST = 12;

    private static final byte[] SINGLE = Ascii.word(">|+*#:-`;%");
    private static final int NUMBER_DIGITS = 6;
    private static final int INITIALS = 4;
    private static final byte[] BULLET = {(byte) 0xE2, (byte) 0x80, (byte) 0xA2};
    /** strace pads the seconds of {@code -r} to this. */
    static final int SECONDS_WIDTH = 6;
    /** A number of this many digits is a tid: fewer seconds than that pass between two calls. */
    private static final int WAIT_DIGITS = 5;

    private PrefixMarks() {}

    /** The place after one mark and the blanks that follow it; the same place if there is no mark. */
    static int skip(byte[] bytes, int from, int to) {
        int p = mark(bytes, from, to);
        return p == from ? from : skipBlanks(bytes, p, to);
    }

    private static int mark(byte[] bytes, int from, int to) {
        if (from >= to) {
            return from;
        }
        byte b = bytes[from];
        for (byte mark : SINGLE) {
            if (b == mark) {
                return from + 1;
            }
        }
        if (b == '/' && from + 1 < to && (bytes[from + 1] == '/' || bytes[from + 1] == '*')) {
            return from + 2;
        }
        if (Ascii.startsWith(bytes, from, to, BULLET)) {
            return from + BULLET.length;
        }
        int digits = Ascii.skipDigits(bytes, from, to);
        if (digits > from) {
            return digits - from <= NUMBER_DIGITS && isNumberEnd(bytes, digits, to) ? digits + 1 : from;
        }
        return initials(bytes, from, to);
    }

    /** {@code 1.}, {@code 2)} and {@code 3:}; only a blank distinguishes them from a time or an address. */
    private static boolean isNumberEnd(byte[] bytes, int p, int to) {
        return p + 1 < to && isBlank(bytes[p + 1]) && (bytes[p] == '.' || bytes[p] == ')' || bytes[p] == ':');
    }

    /** Some mail programs put the initials of the author before the mark: {@code JD> }. */
    private static int initials(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to && p - from <= INITIALS && Ascii.isNameStart(bytes[p])) {
            p++;
        }
        return p > from && p - from <= INITIALS && p < to && bytes[p] == '>' ? p + 1 : from;
    }

    static int skipBlanks(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to && isBlank(bytes[p])) {
            p++;
        }
        return p;
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    /**
     * Whether a number after blanks cannot be the seconds of {@code -r}, which strace pads to a width of six and ends with
     * one space: it is the tid of an indented line.
     */
    static boolean isIndentedNumber(byte[] bytes, int from, int to) {
        int first = skipBlanks(bytes, from, to);
        int end = Ascii.skipDigits(bytes, first, to);
        boolean decimal = end < to && bytes[end] == '.';
        boolean padded = end + 1 < to && bytes[end] == ' ' && bytes[end + 1] == ' ';
        boolean isSeconds = end - from == SECONDS_WIDTH && (decimal || (!padded && end - first < WAIT_DIGITS));
        return first > from && end > first && (bytes[first - 1] == '\t' || !isSeconds);
    }
}
