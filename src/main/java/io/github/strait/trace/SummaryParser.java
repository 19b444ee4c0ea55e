package io.github.strait.trace;

/** Recognises the lines of the tables that {@code -c} and {@code -C} print: a header, rules, rows and a total. */
final class SummaryParser {
    private static final byte[] TITLE = Ascii.word("System call usage summary for ");
    private static final byte[] SYSCALL = Ascii.word("syscall");
    private static final byte[] TOTAL = Ascii.word("total");
    /** The words of headers; {@code -U} chooses the columns and their order. */
    private static final byte[][] HEADINGS = {
        SYSCALL,
        Ascii.word("%"),
        Ascii.word("time"),
        Ascii.word("seconds"),
        Ascii.word("usecs/call"),
        Ascii.word("calls"),
        Ascii.word("errors"),
        Ascii.word("shortest"),
        Ascii.word("longest"),
        Ascii.word("wall-total"),
        Ascii.word("wall-min"),
        Ascii.word("wall-max"),
        Ascii.word("wall-avg")
    };

    private boolean inside;

    /** Whether the line, which is not blank, belongs to a table. */
    boolean parse(Line line) {
        byte[] bytes = line.bytes;
        if (inside) {
            inside = isRow(bytes, line.start, line.end);
            if (inside) {
                inside = !isTotal(bytes, line.start, line.end);
                return true;
            }
        }
        if (Ascii.isDigit(bytes[line.start])) {
            return false;
        }
        inside = isHeader(bytes, line.start, line.end);
        return inside || Ascii.startsWith(bytes, line.start, line.end, TITLE);
    }

    private static boolean isHeader(byte[] bytes, int from, int to) {
        boolean named = false;
        int words = 0;
        for (int p = Ascii.skipSpaces(bytes, from, to); p < to; words++) {
            int end = wordEnd(bytes, p, to);
            if (!isHeading(bytes, p, end)) {
                return false;
            }
            named |= is(bytes, p, end, SYSCALL);
            p = Ascii.skipSpaces(bytes, end, to);
        }
        return named && words > 1;
    }

    private static boolean isHeading(byte[] bytes, int from, int to) {
        for (byte[] heading : HEADINGS) {
            if (is(bytes, from, to, heading)) {
                return true;
            }
        }
        return false;
    }

    /** A rule of dashes, or a row of numbers with one name; before 5.11 a number without a name is {@code (null)}. */
    private static boolean isRow(byte[] bytes, int from, int to) {
        int names = 0;
        for (int p = Ascii.skipSpaces(bytes, from, to); p < to; ) {
            int end = wordEnd(bytes, p, to);
            for (int i = p; i < end; i++) {
                byte b = bytes[i];
                boolean odd = b == '?' || b == '(' || b == ')' || b == '#' || b == ':' || b == '.' || b == '-';
                if (!odd && !Ascii.isNamePart(b)) {
                    return false;
                }
            }
            names += Ascii.isDigit(bytes[p]) || bytes[p] == '-' ? 0 : 1;
            p = Ascii.skipSpaces(bytes, end, to);
        }
        return names <= 1;
    }

    private static boolean isTotal(byte[] bytes, int from, int to) {
        for (int p = Ascii.skipSpaces(bytes, from, to); p < to; ) {
            int end = wordEnd(bytes, p, to);
            if (is(bytes, p, end, TOTAL)) {
                return true;
            }
            p = Ascii.skipSpaces(bytes, end, to);
        }
        return false;
    }

    private static boolean is(byte[] bytes, int from, int to, byte[] word) {
        return to - from == word.length && Ascii.startsWith(bytes, from, to, word);
    }

    private static int wordEnd(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to && bytes[p] != ' ') {
            p++;
        }
        return p;
    }
}
