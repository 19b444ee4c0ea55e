package io.github.strait.trace;

/** Reads the result after the equals sign: a value, an error or {@code ?}, then notes, which are skipped. */
final class ResultParser {
    private static final byte[] EQUALS = Ascii.word(" = ");
    private static final byte[] ERRNO_NUMBER = Ascii.word(" (errno ");

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
     * Looks for the last {@code ) = RESULT}, outside of strings, of a line whose brackets do not balance, because another
     * writer's text stands in it; leaves the arguments' end before it. Without the parenthesis, the text only ends like a
     * result, and strace's line is cut.
     */
    static boolean parseLast(Line line) {
        int found = -1;
        int p = line.argumentsStart;
        while (p < line.end) {
            if (line.bytes[p] == ' '
                    && Ascii.startsWith(line.bytes, p, line.end, EQUALS)
                    && lastBefore(line, p) == ')'
                    && parse(line, p + EQUALS.length)) {
                found = p;
            }
            p = ArgumentScanner.skip(line.bytes, line.argumentsStart, p, line.end);
        }
        if (found < 0) {
            return false;
        }
        parse(line, found + EQUALS.length);
        while (line.bytes[found] == ' ') {
            found--;
        }
        line.argumentsEnd = found;
        line.unbalanced = true;
        return true;
    }

    /** The last byte of the arguments in front of some spaces. */
    private static byte lastBefore(Line line, int from) {
        int p = from;
        while (p > line.argumentsStart && line.bytes[p] == ' ') {
            p--;
        }
        return line.bytes[p];
    }

    /** Parses the result that begins here and ends with the line. */
    static boolean parse(Line line, int from) {
        byte[] bytes = line.bytes;
        if (from >= line.end) {
            return false;
        }
        // what looked like a result further in front may have had one
        line.errnoStart = line.end;
        line.errnoEnd = line.end;
        if (bytes[from] == '?') {
            boolean whole = (from + 1 == line.end || bytes[from + 1] == ' ') && !isOfAnotherCall(bytes, from, line.end);
            if (whole) {
                line.ending = Ending.NO_RESULT;
            }
            return whole;
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
            p = ArgumentScanner.resultAnnotation(bytes, p, line.end);
            if (Ascii.startsWith(bytes, p, line.end, ArgumentScanner.DELETED)) {
                p += ArgumentScanner.DELETED.length;
            }
        }
        if (!isNote(bytes, p, line.end) || isOfAnotherCall(bytes, p, line.end)) {
            return false;
        }
        line.ending = Ending.VALUE;
        if (negative) {
            errno(line, p);
        }
        return true;
    }

    /**
     * Parses what only resembles {@code   = RESULT}, after whole arguments: a reader's remark follows it, its
     * blanks are lost, or it is missing up to the end of the line, where a mail program wrapped it or a reader
     * deleted it. False when this is not a line of strace but a program statement.
     */
    static boolean parseRemarked(Line line, int close) {
        byte[] bytes = line.bytes;
        int p = Ascii.skipSpaces(bytes, close + 1, line.end);
        if (p == line.end) {
            line.missing = Missing.RESULT;
            return true;
        }
        if (bytes[p] != '=') {
            return false;
        }
        p = Ascii.skipSpaces(bytes, p + 1, line.end);
        boolean negative = p < line.end && bytes[p] == '-';
        int first = negative ? p + 1 : p;
        if (first == line.end) {
            line.missing = Missing.VALUE;
            return true;
        }
        boolean unknown = bytes[first] == '?' && !negative;
        int end = unknown ? first + 1 : number(line, first);
        if (end < 0) {
            line.missing = isPlaceholder(bytes, first, line.end) ? Missing.RESULT : Missing.NONE;
            return line.missing == Missing.RESULT;
        } else if (end == line.end - 1 && bytes[end] == ';') {
            return false;
        }
        if (end < line.end && Ascii.isNamePart(bytes[end])) {
            // how much of it is the value is unknown
            return true;
        }
        line.ending = unknown ? Ending.NO_RESULT : Ending.VALUE;
        if (negative) {
            line.value = -line.value;
            errno(line, end);
        }
        return true;
    }

    /** Whether one word is all, such as {@code X} or {@code <addr>}: a reader put it in place of the value. */
    private static boolean isPlaceholder(byte[] bytes, int from, int to) {
        for (int p = from; p < to; p++) {
            byte b = bytes[p];
            if (b == ' ' || b == '(' || b == ';' || b == '{' || b == '=') {
                return false;
            }
        }
        return bytes[from] != '>' && bytes[from] != '~';
    }

    /** Whether another whole call stands in the range: several lines were joined to one. */
    static boolean isOfAnotherCall(byte[] bytes, int from, int to) {
        boolean opened = false;
        int p = from;
        while (p < to) {
            // in front of an explanation stands a space
            opened |= bytes[p] == '(' && p > from && Ascii.isNamePart(bytes[p - 1]);
            if (opened && bytes[p] == ')') {
                int equals = Ascii.skipSpaces(bytes, p + 1, to);
                if (equals > p + 1 && Ascii.startsWith(bytes, equals - 1, to, EQUALS)) {
                    return true;
                }
            }
            p = ArgumentScanner.skip(bytes, from, p, to);
        }
        return false;
    }

    /**
     * Whether this may follow a value: nothing, an explanation, an errno, a comment, a context, or the time that the
     * call took.
     */
    private static boolean isNote(byte[] bytes, int from, int to) {
        int p = Ascii.skipSpaces(bytes, from, to);
        if (p == to) {
            return true;
        }
        byte b = bytes[p];
        return p > from && (b == '(' || b == '<' || b == '/' || b == '[' || b == 'E');
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

    /** The error that follows the value -1, and no other. */
    private static void errno(Line line, int from) {
        byte[] bytes = line.bytes;
        int p = from + 1;
        if (line.value != -1) {
            return;
        }
        if (p < line.end && bytes[p] == 'E') {
            int q = p;
            while (q < line.end && Ascii.isNamePart(bytes[q])) {
                q++;
            }
            line.errnoStart = p;
            line.errnoEnd = q;
            line.ending = Ending.ERROR;
        } else if (Ascii.startsWith(bytes, from, line.end, ERRNO_NUMBER)) {
            int first = from + ERRNO_NUMBER.length;
            int end = Ascii.skipDigits(bytes, first, line.end);
            // the line may be cut before the number
            if (end > first) {
                line.errnoStart = first;
                line.errnoEnd = end;
                line.ending = Ending.ERROR;
            }
        }
    }
}
