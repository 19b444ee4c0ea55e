package io.github.strait.trace;

import java.util.Arrays;

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
    /** The share of no time, {@code -nan} as well: before 4.5.20 that of all rows when no call took any time. */
    private static final byte[] NAN = Ascii.word("nan");

    private static final int NONE = -1;

    private boolean inside;
    /** The marks in front of the header, and so of each row. */
    private byte[] marks = new byte[0];

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
            int from = line.start + marks.length;
            inside = Ascii.startsWith(bytes, line.start, line.end, marks) && isRow(bytes, from, line.end);
            if (inside) {
                inside = !isTotal(bytes, from, line.end);
                if (inside) {
                    row(line, from);
                }
                return true;
            }
        }
        return !Ascii.isDigit(bytes[line.start]) && head(line);
    }

    /** Whether the line, after any marks, is a header or a title. */
    private boolean head(Line line) {
        byte[] bytes = line.bytes;
        int p = line.start;
        for (int i = 0; i < PrefixMarks.MOST && p < line.end; i++) {
            if (isHeader(bytes, p, line.end)) {
                inside = true;
                int end = p;
                while (end > line.start && PrefixMarks.isBlank(bytes[end - 1])) {
                    end--;
                }
                marks = Arrays.copyOfRange(bytes, line.start, end);
                return true;
            } else if (title(line, p)) {
                return true;
            }
            int next = PrefixMarks.skip(bytes, p, line.end);
            p = next == p ? line.end : next;
        }
        return false;
    }

    /** The title of the table of another mode than strace's own. */
    private static boolean title(Line line, int from) {
        int title = Ascii.skipSpaces(line.bytes, from, line.end);
        if (!Ascii.startsWith(line.bytes, title, line.end, TITLE)) {
            return false;
        }
        if (Ascii.endsWith(line.bytes, title, line.end, MODE)) {
            line.modeStart = title + TITLE.length;
            line.modeEnd = Math.max(line.modeStart, line.end - MODE.length);
        }
        return true;
    }

    /** The name and the numbers of a row; of all cells only that of the errors may be empty. */
    private void row(Line line, int from) {
        byte[] bytes = line.bytes;
        int first = Ascii.skipSpaces(bytes, from, line.end);
        boolean noErrors = words(bytes, from, line.end) == columns - 1;
        if (first + 1 < line.end && bytes[first] == '-' && bytes[first + 1] == '-') {
            return;
        }
        int column = 0;
        for (int p = first; p < line.end; column++) {
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

    /**
     * A rule of dashes, or a row of numbers with one name, which has a word for each column but that of the errors; the
     * total may lack others. Before 5.11 a number without a name is {@code (null)}; a locale may write a decimal comma.
     */
    private boolean isRow(byte[] bytes, int from, int to) {
        int names = 0;
        boolean rule = true;
        for (int p = Ascii.skipSpaces(bytes, from, to); p < to; ) {
            int end = wordEnd(bytes, p, to);
            boolean isName = !Ascii.isDigit(bytes[p]) && bytes[p] != '-' && !is(bytes, p, end, NAN);
            for (int i = p; i < end; i++) {
                byte b = bytes[i];
                boolean odd = b == '?' || b == '(' || b == ')' || b == '#' || b == ':' || b == '.' || b == '-';
                if (!odd && !Ascii.isNamePart(b) && (b != ',' || isName)) {
                    return false;
                }
                rule &= b == '-';
            }
            names += isName ? 1 : 0;
            p = Ascii.skipSpaces(bytes, end, to);
        }
        int words = words(bytes, from, to);
        boolean whole = words == columns || (words == columns - 1 && errorsColumn != NONE);
        return rule ? words > 0 : names == 1 && (whole || isTotal(bytes, from, to));
    }

    private static int words(byte[] bytes, int from, int to) {
        int words = 0;
        for (int p = Ascii.skipSpaces(bytes, from, to); p < to; words++) {
            p = Ascii.skipSpaces(bytes, wordEnd(bytes, p, to), to);
        }
        return words;
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
