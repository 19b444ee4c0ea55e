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

    private static final byte[] MODE = Ascii.word(" mode:");
    private static final byte[] PERCENT = Ascii.word("%");
    private static final byte[] CALLS = Ascii.word("calls");
    private static final byte[] ERRORS = Ascii.word("errors");
    private static final int NONE = -1;

    private boolean inside;
    private int columns;
    private int nameColumn;
    private int callsColumn;
    private int errorsColumn;

    /** Whether the next line may be a row. */
    boolean isInside() {
        return inside;
    }

    /** Whether the line, which is not blank, belongs to a table. */
    boolean parse(Line line) {
        byte[] bytes = line.bytes;
        if (inside) {
            inside = isRow(bytes, line.start, line.end);
            if (inside) {
                inside = !isTotal(bytes, line.start, line.end);
                if (inside) {
                    row(line);
                }
                return true;
            }
        }
        if (Ascii.isDigit(bytes[line.start])) {
            return false;
        }
        inside = isHeader(bytes, line.start, line.end);
        return inside || title(line);
    }

    /** The title of the table of another mode than strace's own. */
    private static boolean title(Line line) {
        if (!Ascii.startsWith(line.bytes, line.start, line.end, TITLE)) {
            return false;
        }
        if (Ascii.endsWith(line.bytes, line.start, line.end, MODE)) {
            line.modeStart = line.start + TITLE.length;
            line.modeEnd = Math.max(line.modeStart, line.end - MODE.length);
        }
        return true;
    }

    /** The name and the numbers of a row; of all cells only that of the errors may be empty. */
    private void row(Line line) {
        byte[] bytes = line.bytes;
        int words = 0;
        for (int p = Ascii.skipSpaces(bytes, line.start, line.end); p < line.end; words++) {
            p = Ascii.skipSpaces(bytes, wordEnd(bytes, p, line.end), line.end);
        }
        boolean noErrors = words == columns - 1 && errorsColumn != NONE;
        if (bytes[Ascii.skipSpaces(bytes, line.start, line.end)] == '-' || (words != columns && !noErrors)) {
            return;
        }
        int column = 0;
        for (int p = Ascii.skipSpaces(bytes, line.start, line.end); p < line.end; column++) {
            int end = wordEnd(bytes, p, line.end);
            if (noErrors && column == errorsColumn) {
                column++;
            }
            if (column == nameColumn) {
                line.nameStart = p;
                line.nameEnd = end;
            } else if (column == callsColumn) {
                line.value = number(bytes, p, end);
            } else if (column == errorsColumn) {
                line.errors = number(bytes, p, end);
            }
            p = Ascii.skipSpaces(bytes, end, line.end);
        }
    }

    /** Up to 18 digits, or 0. */
    private static long number(byte[] bytes, int from, int to) {
        long number = 0;
        if (to - from > 18 || Ascii.skipDigits(bytes, from, to) != to) {
            return 0;
        }
        for (int i = from; i < to; i++) {
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }

    private boolean isHeader(byte[] bytes, int from, int to) {
        boolean named = false;
        int words = 0;
        columns = 0;
        errorsColumn = NONE;
        callsColumn = NONE;
        for (int p = Ascii.skipSpaces(bytes, from, to); p < to; words++) {
            int end = wordEnd(bytes, p, to);
            if (!isHeading(bytes, p, end)) {
                return false;
            }
            if (is(bytes, p, end, SYSCALL)) {
                named = true;
                nameColumn = columns;
            } else if (is(bytes, p, end, CALLS)) {
                callsColumn = columns;
            } else if (is(bytes, p, end, ERRORS)) {
                errorsColumn = columns;
            }
            // "% time" is one column
            columns += is(bytes, p, end, PERCENT) ? 0 : 1;
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
