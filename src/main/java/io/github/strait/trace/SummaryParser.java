package io.github.strait.trace;

/** Recognises the lines of the tables that {@code -c} and {@code -C} print: a header, rules, rows and a total. */
final class SummaryParser {
    private static final byte[] TITLE = Ascii.word("System call usage summary for ");
    private static final byte[] PERCENT = Ascii.word("% time");
    private static final byte[] SYSCALL = Ascii.word("syscall");
    private static final byte[] CALLS = Ascii.word("calls");
    private static final byte[] TOTAL = Ascii.word("total");

    private boolean inside;

    /** Whether the line belongs to a table. */
    boolean parse(Line line) {
        if (inside) {
            if (isTotal(line)) {
                inside = false;
                return true;
            }
            inside = isRow(line);
            if (inside) {
                return true;
            }
        }
        if (Ascii.startsWith(line.bytes, line.start, line.end, TITLE)) {
            return true;
        }
        inside = isHeader(line);
        return inside;
    }

    private static boolean isHeader(Line line) {
        byte first = line.bytes[line.start];
        if (first != '%' && first != ' ' && first != 'c' && first != 's') {
            return false;
        }
        return Ascii.indexOf(line.bytes, line.start, line.end, SYSCALL) >= 0
                && (Ascii.indexOf(line.bytes, line.start, line.end, PERCENT) >= 0
                        || Ascii.indexOf(line.bytes, line.start, line.end, CALLS) >= 0)
                && Ascii.indexOf(line.bytes, line.start, line.end, new byte[] {'('}) < 0;
    }

    private static boolean isTotal(Line line) {
        return isRow(line) && Ascii.indexOf(line.bytes, line.start, line.end, TOTAL) >= 0;
    }

    /** Rows and rules are made of numbers, dashes and one name. */
    private static boolean isRow(Line line) {
        int first = Ascii.skipSpaces(line.bytes, line.start, line.end);
        if (!Ascii.isDigit(line.bytes[first]) && line.bytes[first] != '-' && first != line.start) {
            return false;
        }
        for (int i = line.start; i < line.end; i++) {
            byte b = line.bytes[i];
            if (!Ascii.isNamePart(b) && b != ' ' && b != '.' && b != '-' && b != '#' && b != ':' && !isOdd(b)) {
                return false;
            }
        }
        return true;
    }

    /** strace before 5.11 names a number that it does not know {@code (null)}. */
    private static boolean isOdd(byte b) {
        return b == '?' || b == '(' || b == ')';
    }
}
