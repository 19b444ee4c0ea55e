package io.github.strait.trace;

/**
 * Recognises what a traced call wrote to the stream that strace writes to: it follows the open call, whose string argument
 * shows the same bytes. So {@code write(2, "(ok)\n", 5(ok)} is cut, although it has a closing parenthesis.
 */
final class CallOutput {
    private CallOutput() {}

    /** Whether the arguments are followed by what the call wrote and at most its result; fills in how the line ends. */
    static boolean parse(Line line) {
        byte[] bytes = line.bytes;
        int to = line.end;
        int quote = line.argumentsStart;
        while (quote < to && bytes[quote] != '"') {
            quote++;
        }
        int closing = quote < to ? ArgumentScanner.string(bytes, quote, to) - 1 : to;
        if (closing >= to - 1) {
            return false;
        }
        boolean truncated = Ascii.startsWith(bytes, closing + 1, to, TRUNCATED);
        int p = closing + 1;
        while (p < to && (bytes[p] == '.' || bytes[p] == ',' || bytes[p] == ' ')) {
            p++;
        }
        int digits = Ascii.skipDigits(bytes, p, to);
        // the output may begin with digits itself
        for (int output = p + 1; output <= digits; output++) {
            int end = end(bytes, quote + 1, closing, output, to);
            if (end == to || (end >= 0 && truncated)) {
                line.ending = Ending.CUT;
                line.argumentsEnd = output;
                return true;
            }
            if (end >= 0 && bytes[end] == ')' && ResultParser.parseAfter(line, end)) {
                line.argumentsEnd = output;
                return true;
            }
        }
        return false;
    }

    private static final byte[] TRUNCATED = Ascii.word("...");

    /** Where the string's text ends in the line, or its first line does; -1 when the line holds another text. */
    private static int end(byte[] bytes, int from, int closing, int output, int to) {
        int q = output;
        int p = from;
        while (p < closing) {
            int value = Escapes.value(bytes, p, closing);
            if (value == '\n') {
                return q == to ? to : -1;
            }
            if (q == to && value == '\r') {
                // the line ended with it, too
                return to;
            }
            if (q == to || (bytes[q] & 0xff) != value) {
                return -1;
            }
            p += Escapes.length(bytes, p, closing);
            q++;
        }
        return q == output ? -1 : q;
    }
}
