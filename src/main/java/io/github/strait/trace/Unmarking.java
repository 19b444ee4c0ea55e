package io.github.strait.trace;

import java.util.Arrays;

/** Finds what a line begins behind the marks in front of it. One thread's; it holds what it found last. */
final class Unmarking {
    private final LineHandler handler;
    private final Line line = new Line();
    private byte[] prefix = new byte[0];

    Unmarking(LineHandler handler) {
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

    /** Parses a line as it is and behind each of its marks, as long as it is not beyond doubt. */
    Weight weigh(byte[] bytes, int from, int to) {
        Weight weight = weighPlain(bytes, from, to);
        if (weight == Weight.NOTHING && Overlay.isOn(bytes, from, to, true)) {
            byte[] plain = Overlay.without(bytes, from, to, true);
            weight = weighPlain(plain, 0, plain.length);
        }
        return weight;
    }

    private Weight weighPlain(byte[] bytes, int from, int to) {
        Weight best = Weight.NOTHING;
        int start = from;
        int p = from;
        for (int i = 0; i <= Marks.MOST && p < to; i++) {
            Weight weight = isIndentedTid(bytes, from, p, to) ? Weight.NOTHING : parse(bytes, p, to);
            if (weight.compareTo(best) > 0) {
                best = weight;
                start = p;
            }
            int next = i == 0 ? Marks.skipBlanks(bytes, p, to) : p;
            next = next == p ? Marks.skip(bytes, p, to) : next;
            if (best == Weight.CERTAIN || next == p) {
                break;
            }
            p = next;
        }
        if (p >= to) {
            return Weight.BLANK;
        }
        prefix = Arrays.copyOfRange(bytes, from, start);
        parse(bytes, start, to);
        return best;
    }

    private Weight parse(byte[] bytes, int from, int to) {
        line.reset(bytes, from, to);
        LineParser.parseAlone(line);
        return Weight.of(line, handler);
    }

    /** Whether a tid stands behind an indentation, and would be taken for the seconds of {@code -r}. */
    private static boolean isIndentedTid(byte[] bytes, int from, int p, int to) {
        return p == from && isIndentedTid(bytes, from, to);
    }

    static boolean isIndentedTid(byte[] bytes, int from, int to) {
        int digits = Ascii.skipDigits(bytes, Marks.skipBlanks(bytes, from, to), to);
        return Marks.isIndentedNumber(bytes, from, to) && (digits == to || bytes[digits] != '.');
    }
}
