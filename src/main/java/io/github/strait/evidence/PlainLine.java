package io.github.strait.evidence;

import io.github.strait.trace.Ascii;

/**
 * The usual beginnings of a line that strace writes. No mark of a {@link ForeignTool} without words matches at such a line;
 * this saves the search for each mark, which took longer than the rest of reading a short trace. Lines in doubt are not
 * plain.
 */
final class PlainLine {
    private static final byte[] BRACKETED_TID = Ascii.word("[pid ");
    private static final byte[] RESUMED = Ascii.word("<... ");
    private static final byte[] SIGNAL = Ascii.word("--- ");
    private static final byte[] EXIT = Ascii.word("+++ ");
    private static final byte[] FRAME = Ascii.word(" > ");
    private static final byte[] DUMP = Ascii.word(" | ");
    /** A tid, and a time. */
    private static final int NUMBERS = 2;
    /** The bytes in which ftrace prints its processor, as three digits. */
    private static final int PROCESSOR = 46;

    private PlainLine() {}

    /** Whether a line that begins here is plain. */
    static boolean isAt(byte[] bytes, int from, int to) {
        if (hasProcessor(bytes, from, Math.min(to, from + PROCESSOR))) {
            return false;
        }
        int p = from;
        int numbers = 0;
        if (Ascii.startsWith(bytes, p, to, BRACKETED_TID)) {
            p = afterBracket(bytes, p + BRACKETED_TID.length, to);
            numbers++;
        }
        while (p < to && Ascii.isDigit(bytes[p]) && numbers < NUMBERS) {
            p = afterNumber(bytes, p, to);
            numbers++;
        }
        if (p < to && bytes[p] == '[') {
            // Cygwin's strace prints two numbers and the name of a program
            boolean isNumber = numbers < NUMBERS || (p + 1 < to && bytes[p + 1] == ' ');
            p = isNumber ? afterBracket(bytes, p + 1, to) : to;
        }
        return isCall(bytes, p, to)
                || Ascii.startsWith(bytes, p, to, RESUMED)
                || Ascii.startsWith(bytes, p, to, SIGNAL)
                || Ascii.startsWith(bytes, p, to, EXIT)
                || Ascii.startsWith(bytes, from, to, FRAME)
                || Ascii.startsWith(bytes, from, to, DUMP);
    }

    /** The place after blanks, digits, and a closing bracket with one blank; the end if something else is there. */
    private static int afterBracket(byte[] bytes, int from, int to) {
        int p = afterDigits(bytes, afterBlanks(bytes, from, to), to);
        return p + 1 < to && bytes[p] == ']' && bytes[p + 1] == ' ' ? p + 2 : to;
    }

    /** The place after a tid or a time and its blanks; the end if something else is there. */
    private static int afterNumber(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to && (Ascii.isDigit(bytes[p]) || bytes[p] == ':' || bytes[p] == '.')) {
            p++;
        }
        return p < to && bytes[p] == ' ' && Ascii.isDigit(bytes[p - 1]) ? afterBlanks(bytes, p, to) : to;
    }

    private static int afterBlanks(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to && bytes[p] == ' ') {
            p++;
        }
        return p;
    }

    private static int afterDigits(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to && Ascii.isDigit(bytes[p])) {
            p++;
        }
        return p;
    }

    /** A name in small letters, and its arguments, the first two of them apart as strace has them. */
    private static boolean isCall(byte[] bytes, int from, int to) {
        if (from >= to || !(bytes[from] == '_' || (bytes[from] >= 'a' && bytes[from] <= 'z'))) {
            return false;
        }
        int p = afterName(bytes, from, to);
        if (p >= to || bytes[p] != '(') {
            return false;
        }
        p++;
        while (p < to && (Ascii.isNamePart(bytes[p]) || bytes[p] == '|' || bytes[p] == '-')) {
            p++;
        }
        return p + 1 < to && (bytes[p] != ',' || bytes[p + 1] == ' ');
    }

    private static int afterName(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to && Ascii.isNamePart(bytes[p])) {
            p++;
        }
        return p;
    }

    private static boolean hasProcessor(byte[] bytes, int from, int to) {
        for (int p = from + 1; p + 5 < to; p++) {
            if (bytes[p] == '[' && bytes[p + 4] == ']' && afterDigits(bytes, p + 1, to) == p + 4) {
                return true;
            }
        }
        return false;
    }
}
