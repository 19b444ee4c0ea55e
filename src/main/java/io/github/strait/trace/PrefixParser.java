package io.github.strait.trace;

/**
 * Reads the columns in front of a body, all of them optional: tid ({@code -f}), security context ({@code --secontext}),
 * time ({@code -t}, {@code -r}), syscall number ({@code -n}), instruction pointer ({@code -i}).
 */
final class PrefixParser {
    private static final byte[] BRACKET_TID = Ascii.word("[pid ");
    private static final byte[] PROCESS = Ascii.word("[ Process ");
    private static final int TID_DIGITS = 7;
    private static final int UNIX_TIME_DIGITS = 10;
    private static final int X32_DIGITS = 10;
    private static final byte[] MINUS_ONE = Ascii.word("18446744073709551615");
    private static final byte[] NARROW_MINUS_ONE = Ascii.word("4294967295");
    private static final long UNSIGNED_LIMIT = 0xffff_ffffL;
    private static final int NARROW = 8;
    private static final int WIDE = 16;

    private PrefixParser() {}

    /** Fills the prefix fields of the line and its {@code bodyStart}. */
    static void parse(Line line, int from) {
        int p = tid(line, from);
        p = securityContext(line.bytes, p, line.end);
        p = absoluteTime(line.bytes, p, line.end);
        p = relativeTime(line, p);
        line.bodyStart = columns(line, p);
    }

    private static int tid(Line line, int from) {
        byte[] bytes = line.bytes;
        int to = line.end;
        boolean bracketed = Ascii.startsWith(bytes, from, to, BRACKET_TID);
        int first = bracketed ? Ascii.skipSpaces(bytes, from + BRACKET_TID.length, to) : from;
        int p = Ascii.skipDigits(bytes, first, to);
        if (p == first || p - first > TID_DIGITS || p >= to) {
            return from;
        }
        int digitsEnd = p;
        if (bytes[p] == '<') {
            p = commandName(bytes, p, to);
        }
        if (bracketed) {
            if (p + 1 >= to || bytes[p] != ']' || bytes[p + 1] != ' ') {
                return from;
            }
            p++;
        } else if (p >= to || bytes[p] != ' ') {
            return from;
        }
        line.tid = (int) Ascii.decimal(bytes, first, digitsEnd);
        return Ascii.skipSpaces(bytes, p, to);
    }

    /** The first place after {@code <comm>}: quoted like a string without the quotes (strace 5.15 and later). */
    private static int commandName(byte[] bytes, int open, int to) {
        int p = open + 1;
        while (p < to && bytes[p] != '>') {
            p += bytes[p] == '\\' ? 2 : 1;
        }
        return Math.min(p + 1, to);
    }

    private static int securityContext(byte[] bytes, int from, int to) {
        if (from >= to || bytes[from] != '[' || Ascii.startsWith(bytes, from, to, PROCESS)) {
            return from;
        }
        boolean looksLikeContext = false;
        int p = from + 1;
        while (p < to && bytes[p] != ']') {
            if (bytes[p] == ' ') {
                return from;
            }
            looksLikeContext |= bytes[p] == ':' || bytes[p] == '!' || bytes[p] == '_';
            p++;
        }
        boolean closed = p + 1 < to && bytes[p + 1] == ' ';
        return closed && looksLikeContext ? p + 2 : from;
    }

    private static int absoluteTime(byte[] bytes, int from, int to) {
        int p = Ascii.skipDigits(bytes, from, to);
        boolean clock = p - from == 2
                && from + 8 < to
                && bytes[from + 2] == ':'
                && bytes[from + 5] == ':'
                && Ascii.skipDigits(bytes, from + 3, to) == from + 5
                && Ascii.skipDigits(bytes, from + 6, to) == from + 8;
        if (clock) {
            p = from + 8;
        } else if (p - from != UNIX_TIME_DIGITS) {
            return from;
        }
        p = fraction(bytes, p, to);
        return p < to && bytes[p] == ' ' ? p + 1 : from;
    }

    private static int fraction(byte[] bytes, int p, int to) {
        return p < to && bytes[p] == '.' ? Ascii.skipDigits(bytes, p + 1, to) : p;
    }

    /** {@code (+     0.000645) } after a time, {@code     0.000645 } alone, either without decimals too. */
    private static int relativeTime(Line line, int from) {
        byte[] bytes = line.bytes;
        int to = line.end;
        boolean parenthesised = from + 1 < to && bytes[from] == '(' && bytes[from + 1] == '+';
        int first = Ascii.skipSpaces(bytes, parenthesised ? from + 2 : from, to);
        int digits = Ascii.skipDigits(bytes, first, to);
        if (digits == first) {
            return from;
        }
        int p = fraction(bytes, digits, to);
        if (parenthesised) {
            return p + 1 < to && bytes[p] == ')' && bytes[p + 1] == ' ' ? p + 2 : from;
        }
        boolean padded = first > from || line.tid != 0;
        return p < to && bytes[p] == ' ' && (padded || p > digits) ? p + 1 : from;
    }

    private static int columns(Line line, int from) {
        byte[] bytes = line.bytes;
        int p = from;
        while (p < line.end && bytes[p] == '[') {
            int close = p + 1;
            while (close < line.end && bytes[close] != ']') {
                close++;
            }
            if (close + 1 >= line.end || bytes[close + 1] != ' ' || !column(line, p + 1, close)) {
                break;
            }
            p = close + 2;
        }
        return p;
    }

    private static boolean column(Line line, int from, int to) {
        int width = to - from;
        boolean isNumber = width == X32_DIGITS
                && (line.bytes[from] == '1' || Ascii.startsWith(line.bytes, from, to, NARROW_MINUS_ONE));
        if (width >= NARROW && width <= WIDE && !isNumber && isAddress(line.bytes, from, to)) {
            // between the two: a 64-bit address printed by a strace that has already switched to 32 bit
            line.addressDigits = width == NARROW || width == WIDE ? width : 0;
            return true;
        }
        int first = Ascii.skipSpaces(line.bytes, from, to);
        return number(line, first, to) || isUnknown(line.bytes, first, to);
    }

    /** A number of 32 bits; the word of all ones, in either width, stands for a call that a tracer took away. */
    private static boolean number(Line line, int from, int to) {
        boolean wide = to - from == MINUS_ONE.length && Ascii.startsWith(line.bytes, from, to, MINUS_ONE);
        long number = wide ? -1 : Ascii.decimal(line.bytes, from, to);
        if (!wide && (number < 0 || number > UNSIGNED_LIMIT)) {
            return false;
        }
        line.number = (int) number;
        return true;
    }

    private static boolean isAddress(byte[] bytes, int from, int to) {
        if (isUnknown(bytes, from, to)) {
            return true;
        }
        for (int i = from; i < to; i++) {
            if (!Ascii.isHexDigit(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnknown(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != '?') {
                return false;
            }
        }
        return to > from;
    }
}
