package io.github.strait.trace;

import java.util.Arrays;

/**
 * What somebody else put in front of every line of a trace: the timestamps of a container's log, the columns of a journal,
 * the marks of a quotation. It consists of the same number of words in each line, and the words have the same shape: letters
 * where there were letters, digits where there were digits. It is learnt from the first lines, and only when these are not
 * understood without.
 */
final class Wrapping {
    /** No wrapping: every line begins with itself. */
    static final Wrapping NONE = new Wrapping(new byte[0], 0);

    private static final int MOST_WORDS = 8;
    private static final int MOST_BYTES = 200;
    /** That many lines must agree, or all that there are, if they are not too few. */
    private static final int SAMPLE = 16;

    private static final int FEWEST = 3;
    /** strace pads the seconds of {@code -r} to this. */
    private static final int SECONDS_WIDTH = 6;

    private static final byte[] MONTHS = Ascii.word("JanFebMarAprMayJunJulAugSepOctNovDec");

    private final byte[] shape;
    private final int words;
    private final byte[] scratch = new byte[MOST_BYTES];

    private Wrapping(byte[] shape, int words) {
        this.shape = shape;
        this.words = words;
    }

    /** The wrapping of the whole lines in the range. */
    static Wrapping of(byte[] bytes, int from, int end) {
        int to = end;
        while (to > from && bytes[to - 1] != '\n') {
            to--;
        }
        int sampled = lines(bytes, from, to, NONE, false);
        if (sampled < FEWEST || 2 * lines(bytes, from, to, NONE, true) > sampled) {
            return NONE;
        }
        int first = lineStart(bytes, from, to);
        int firstEnd = lineEnd(bytes, first, to);
        int indentation = Ascii.skipSpaces(bytes, first, firstEnd) - first;
        int fewest = beginsWithMonth(bytes, first, firstEnd) ? 3 : indentation > 0 ? 0 : 1;
        for (int count = fewest; count <= MOST_WORDS; count++) {
            int words = count == 0 ? -indentation : count;
            int wordsEnd = wordsEnd(bytes, first, firstEnd, words);
            byte[] shape = new byte[MOST_BYTES];
            int length = shape(bytes, first, wordsEnd, shape);
            boolean whole = !isSeconds(bytes, wordsEnd, firstEnd);
            if (length > 0 && whole && isDistinct(shape, length)) {
                Wrapping wrapping = new Wrapping(Arrays.copyOf(shape, length), words);
                if (lines(bytes, from, to, wrapping, true) == sampled) {
                    return wrapping;
                }
            }
        }
        return NONE;
    }

    /** Whether a time like that of {@code -r} follows, but not as wide as strace prints it: one more word of the wrapping. */
    private static boolean isSeconds(byte[] bytes, int from, int to) {
        int digits = Ascii.skipDigits(bytes, from, to);
        return digits > from && digits - from < SECONDS_WIDTH && digits < to && bytes[digits] == '.';
    }

    /** Words of letters alone could be the beginning of any sentence. */
    private static boolean isDistinct(byte[] shape, int length) {
        for (int i = 0; i < length; i++) {
            if (shape[i] != 'a' && shape[i] != ' ') {
                return true;
            }
        }
        return shape[0] == ' ' && length == 1;
    }

    /** The first byte of a line behind its wrapping; that of the line itself when it is not wrapped as the first was. */
    int skip(byte[] bytes, int from, int to) {
        if (shape.length == 0) {
            return from;
        }
        int end = wordsEnd(bytes, from, to, words);
        int length = shape(bytes, from, end, scratch);
        boolean same = length == shape.length && Arrays.equals(shape, 0, length, scratch, 0, length);
        return same ? end : from;
    }

    /** The end of some words and of the one space behind the last; less than one is minus the width of an indentation. */
    private static int wordsEnd(byte[] bytes, int from, int to, int words) {
        int p = Ascii.skipSpaces(bytes, from, to);
        if (words <= 0) {
            return Math.min(p, from - words);
        }
        for (int i = 0; i < words; i++) {
            p = Ascii.skipSpaces(bytes, p, to);
            while (p < to && bytes[p] != ' ') {
                p++;
            }
        }
        return Math.min(p + 1, to);
    }

    /** Writes letters as {@code a}, digits as {@code 9}, and runs of either as one; -1 when the range is too long. */
    private static int shape(byte[] bytes, int from, int to, byte[] shape) {
        if (to - from > shape.length) {
            return -1;
        }
        int length = 0;
        for (int p = from; p < to; p++) {
            byte b = bytes[p];
            byte kind = Ascii.isDigit(b) ? (byte) '9' : Ascii.isNameStart(b) ? (byte) 'a' : b;
            boolean run = kind == '9' || kind == 'a' || kind == ' ';
            if (!run || length == 0 || shape[length - 1] != kind) {
                shape[length++] = kind;
            }
        }
        return length;
    }

    /** How many lines the sample has, or how many of them are understood without their wrapping: none without a call. */
    private static int lines(byte[] bytes, int from, int to, Wrapping wrapping, boolean understood) {
        LineParser parser = new LineParser();
        Line line = new Line();
        int count = 0;
        boolean calls = !understood;
        int p = lineStart(bytes, from, to);
        for (int sampled = 0; p < to && sampled < SAMPLE; sampled++) {
            int end = lineEnd(bytes, p, to);
            int lineEnd = end > p && bytes[end - 1] == '\r' ? end - 1 : end;
            line.reset(bytes, wrapping.skip(bytes, p, lineEnd), lineEnd);
            parser.parse(line);
            boolean cut = line.kind == LineKind.CALL && line.ending == Ending.CUT && line.argumentsEnd == lineEnd;
            boolean understands =
                    line.kind != LineKind.UNPARSED && line.kind != LineKind.BLANK && !cut && !line.behindText;
            count += understands || !understood ? 1 : 0;
            calls |= understands && line.kind == LineKind.CALL;
            p = lineStart(bytes, end, to);
        }
        return calls ? count : 0;
    }

    private static int lineStart(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to && (bytes[p] == '\n' || bytes[p] == '\r')) {
            p++;
        }
        return p;
    }

    private static int lineEnd(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to && bytes[p] != '\n') {
            p++;
        }
        return p;
    }

    /** A day of the month and a time would be taken for a tid and a time. */
    private static boolean beginsWithMonth(byte[] bytes, int from, int to) {
        int month = to - from > 3 && bytes[from + 3] == ' '
                ? Ascii.indexOf(MONTHS, 0, MONTHS.length, Arrays.copyOfRange(bytes, from, from + 3))
                : -1;
        return month >= 0 && month % 3 == 0;
    }
}
