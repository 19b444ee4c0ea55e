package io.github.strait.trace;

import java.util.Arrays;

/** A line without the marks in front of it. Holds the last one found; for one thread. */
final class StrippedLine {
    private final LineHandler handler;
    private final Line line = new Line();
    private byte[] prefix = new byte[0];

    StrippedLine(LineHandler handler) {
        this.handler = handler;
    }

    /** The line, parsed where it begins. */
    Line line() {
        return line;
    }

    /** The marks in front of it. */
    byte[] prefix() {
        return prefix;
    }

    /** Parses a line as it is and after each of its marks, until one parse is certain; returns the best certainty. */
    Certainty strip(byte[] bytes, int from, int to) {
        Certainty certainty = stripPlain(bytes, from, to);
        if (certainty == Certainty.NOTHING && CleanText.isNeeded(bytes, from, to, true)) {
            byte[] plain = CleanText.of(bytes, from, to, true);
            certainty = stripPlain(plain, 0, plain.length);
        }
        return certainty;
    }

    private Certainty stripPlain(byte[] bytes, int from, int to) {
        Certainty best = Certainty.NOTHING;
        int start = from;
        int p = from;
        for (int i = 0; i <= PrefixMarks.MOST && p < to; i++) {
            Certainty certainty = isIndentedTid(bytes, from, p, to) ? Certainty.NOTHING : parse(bytes, p, to);
            if (certainty.compareTo(best) > 0) {
                best = certainty;
                start = p;
            }
            int next = i == 0 ? PrefixMarks.skipBlanks(bytes, p, to) : p;
            next = next == p ? PrefixMarks.skip(bytes, p, to) : next;
            if (best == Certainty.CERTAIN || next == p) {
                break;
            }
            p = next;
        }
        if (p >= to) {
            return Certainty.BLANK;
        }
        prefix = Arrays.copyOfRange(bytes, from, start);
        parse(bytes, start, to);
        return best;
    }

    private Certainty parse(byte[] bytes, int from, int to) {
        line.reset(bytes, from, to);
        LineParser.parseAlone(line);
        return Certainty.of(line, handler);
    }

    /** Whether the line is an indented one with a tid, which would pass for the seconds of {@code -r}. */
    private static boolean isIndentedTid(byte[] bytes, int from, int p, int to) {
        return p == from && isIndentedTid(bytes, from, to);
    }

    static boolean isIndentedTid(byte[] bytes, int from, int to) {
        int digits = Ascii.skipDigits(bytes, PrefixMarks.skipBlanks(bytes, from, to), to);
        return PrefixMarks.isIndentedNumber(bytes, from, to) && (digits == to || bytes[digits] != '.');
    }
}
