package io.github.strait.trace;

/** Reads what stands behind the equals sign: a value, an error or {@code ?}, and then notes that are not needed. */
final class ResultParser {
    private static final byte[] EQUALS = Ascii.word(" = ");
    private static final byte[] ERRNO_NUMBER = Ascii.word(" (errno ");

    private static final byte[] DELETED = Ascii.word("(deleted)");

    private ResultParser() {}

    /** Parses {@code   = RESULT} that follows the closing parenthesis; false when there is none. */
    static boolean parseAfter(Line line, int close) {
        int p = Ascii.skipSpaces(line.bytes, close + 1, line.end);
        if (p + 2 > line.end || p == close + 1 || line.bytes[p] != '=' || line.bytes[p + 1] != ' ') {
            return false;
        }
        return parse(line, p + 2);
    }

    /**
     * Looks for the last {@code  = RESULT} of a line whose brackets do not balance, because another writer's text stands
     * in it; leaves the arguments' end before it.
     */
    static boolean parseLast(Line line) {
        int to = line.end;
        while (true) {
            int equals = Ascii.lastIndexOf(line.bytes, line.argumentsStart, to, EQUALS);
            if (equals < 0) {
                return false;
            }
            if (parse(line, equals + EQUALS.length)) {
                line.argumentsEnd = equals;
                return true;
            }
            to = equals;
        }
    }

    private static boolean parse(Line line, int from) {
        byte[] bytes = line.bytes;
        if (from >= line.end) {
            return false;
        }
        if (bytes[from] == '?') {
            line.ending = Ending.NO_RESULT;
            return isNote(bytes, from + 1, line.end);
        }
        boolean negative = bytes[from] == '-';
        int p = number(line, negative ? from + 1 : from);
        if (p < 0) {
            return false;
        }
        if (negative) {
            line.value = -line.value;
        }
        if (p < line.end && bytes[p] == '<') {
            p = ArgumentScanner.annotation(bytes, p, line.end);
            if (Ascii.startsWith(bytes, p, line.end, DELETED)) {
                p += DELETED.length;
            }
        }
        if (!isNote(bytes, p, line.end)) {
            return false;
        }
        line.ending = Ending.VALUE;
        if (line.value == -1 && negative) {
            errno(line, p);
        }
        return true;
    }

    private static boolean isNote(byte[] bytes, int p, int to) {
        return p >= to || bytes[p] == ' ';
    }

    private static int number(Line line, int from) {
        byte[] bytes = line.bytes;
        boolean hex = from + 2 < line.end && bytes[from] == '0' && bytes[from + 1] == 'x';
        boolean octal = !hex && from + 1 < line.end && bytes[from] == '0' && Ascii.isDigit(bytes[from + 1]);
        int radix = hex ? 16 : octal ? 8 : 10;
        int first = hex ? from + 2 : from;
        int p = first;
        long value = 0;
        while (p < line.end && (hex ? Ascii.isHexDigit(bytes[p]) : Ascii.isDigit(bytes[p]))) {
            value = value * radix + Character.digit(bytes[p], 16);
            p++;
        }
        line.value = value;
        return p == first || p - first > 24 ? -1 : p;
    }

    private static void errno(Line line, int from) {
        byte[] bytes = line.bytes;
        int p = from + 1;
        if (p < line.end && bytes[p] == 'E') {
            int q = p;
            while (q < line.end && Ascii.isNamePart(bytes[q])) {
                q++;
            }
            line.errnoStart = p;
            line.errnoEnd = q;
            line.ending = Ending.ERROR;
        } else if (Ascii.startsWith(bytes, from, line.end, ERRNO_NUMBER)) {
            line.errnoStart = from + ERRNO_NUMBER.length;
            line.errnoEnd = Ascii.skipDigits(bytes, line.errnoStart, line.end);
            line.ending = Ending.ERROR;
        }
    }
}
