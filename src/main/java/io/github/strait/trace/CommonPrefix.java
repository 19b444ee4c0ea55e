package io.github.strait.trace;

import java.util.Arrays;

/**
 * A prefix that another tool (docker logs, journald, a quotation) added to each line. It has the same number of words in
 * each line, and the words have the same shape: letters where there were letters, digits where there were digits. It is
 * learnt from the first lines, and only if the parser does not understand them as they are. Other lines may stand before
 * the trace or between its lines.
 */
final class CommonPrefix {
    /** No prefix. */
    static final CommonPrefix NONE = new CommonPrefix(new byte[0], 0, 0);

    private static final int MOST_WORDS = 8;
    private static final int MOST_BYTES = 200;
    /** That many lines must agree, or all that there are, if they are not too few. */
    private static final int SAMPLE = 16;

    private static final int FEWEST = 3;
    /** More than a sample has lines. */
    private static final int STEP = 32;

    /** The length of {@code :MM:}. */
    private static final int MINUTES = 4;

    private static final byte[] MONTHS = Ascii.word("JanFebMarAprMayJunJulAugSepOctNovDec");

    /** Prose may stand in front: the next sample begins that many lines further on, up to so many times. */
    private static final int STRIDE = 8;

    private static final int SAMPLES = 8;
    /** Every so many lines of a sample one is tried as the example for the others. */
    private static final int EXAMPLE = 4;
    /** Marks end a prefix without a space after it, as in {@code trace.log:12:}. */
    private static final int MOST_MARKS = 2;

    private final byte[] shape;
    private final int words;
    private final int marks;
    private final byte[] scratch = new byte[MOST_BYTES];

    private CommonPrefix(byte[] shape, int words, int marks) {
        this.shape = shape;
        this.words = words;
        this.marks = marks;
    }

    /** The prefix of the whole lines in the range, or of most of them when other lines stand between. */
    static CommonPrefix of(byte[] bytes, int from, int end) {
        int to = end;
        while (to > from && bytes[to - 1] != '\n') {
            to--;
        }
        int p = from;
        for (int i = 0; i < SAMPLES; i++) {
            int sampled = sampled(bytes, p, to);
            int most = sampled / 2 + 1;
            int bare = lines(bytes, p, to, NONE, most) / STEP;
            if (sampled < FEWEST || bare >= most) {
                return NONE;
            }
            CommonPrefix best = best(bytes, p, to, sampled, bare);
            if (best != NONE) {
                return best;
            }
            p = afterLines(bytes, p, to, STRIDE);
        }
        return NONE;
    }

    /**
     * The prefix that makes most lines of a sample understood, at least half of them. Of several, the one that leaves most
     * of them a tid, which could otherwise pass for one more word.
     *
     * @param bare how many are understood without one: a prefix that helps no other line may be the tid itself
     */
    private static CommonPrefix best(byte[] bytes, int from, int to, int sampled, int bare) {
        CommonPrefix best = NONE;
        int most = 0;
        for (int example = from, i = 0; example < to && i < SAMPLE; i += EXAMPLE) {
            int first = lineStart(bytes, example, to);
            int firstEnd = lineEnd(bytes, first, to);
            for (int marks = 0; marks <= MOST_MARKS; marks++) {
                for (int count = fewest(bytes, first, firstEnd, marks); count <= MOST_WORDS; count++) {
                    CommonPrefix prefix = like(bytes, first, firstEnd, count, marks);
                    int score = prefix == NONE ? 0 : lines(bytes, from, to, prefix, SAMPLE);
                    int understood = score / STEP;
                    boolean isHelpful = understood > bare && understood >= FEWEST && 2 * understood >= sampled;
                    if (isHelpful && score > most) {
                        best = prefix;
                        most = score;
                    }
                }
            }
            if (most >= sampled * STEP) {
                return best;
            }
            example = afterLines(bytes, example, to, EXAMPLE);
        }
        return best;
    }

    private static int fewest(byte[] bytes, int from, int to, int marks) {
        if (beginsWithMonth(bytes, from, to)) {
            return 3;
        }
        return marks > 0 || PrefixMarks.skipBlanks(bytes, from, to) > from ? 0 : 1;
    }

    /** The prefix of a line if it consists of so many words and marks; {@link #NONE} if it cannot. */
    private static CommonPrefix like(byte[] bytes, int from, int to, int count, int marks) {
        int words = count == 0 && marks == 0 ? from - PrefixMarks.skipBlanks(bytes, from, to) : count;
        int wordsEnd = wordsEnd(bytes, from, to, words, marks);
        byte[] shape = new byte[MOST_BYTES];
        int length = shape(bytes, from, wordsEnd, shape);
        boolean whole = !isSeconds(bytes, wordsEnd, to) && !isInClock(bytes, from, wordsEnd, to);
        return length > 0 && whole && isDistinct(shape, length)
                ? new CommonPrefix(Arrays.copyOf(shape, length), words, marks)
                : NONE;
    }

    /** Whether a time like that of {@code -r} follows, but not as wide as strace prints it: one more word of the prefix. */
    private static boolean isSeconds(byte[] bytes, int from, int to) {
        int digits = Ascii.skipDigits(bytes, from, to);
        return digits > from && digits - from < PrefixMarks.SECONDS_WIDTH && digits < to && bytes[digits] == '.';
    }

    /** Whether the seconds of a time of day would be left, which could be taken for a tid. */
    private static boolean isInClock(byte[] bytes, int from, int end, int to) {
        return end - from >= MINUTES
                && bytes[end - 1] == ':'
                && bytes[end - MINUTES] == ':'
                && Ascii.skipDigits(bytes, end - MINUTES + 1, end) == end - 1
                && Ascii.skipDigits(bytes, end, to) == end + 2;
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

    /** The first byte of a line after the prefix; that of the line itself when it has another prefix or none. */
    int skip(byte[] bytes, int from, int to) {
        if (shape.length == 0) {
            return from;
        }
        int end = wordsEnd(bytes, from, to, words, marks);
        int length = shape(bytes, from, end, scratch);
        // an empty line, whose last space is lost
        boolean empty = length == shape.length - 1 && length > 0 && shape[length] == ' ' && end == to;
        boolean same = empty || length == shape.length;
        return same && Arrays.equals(shape, 0, length, scratch, 0, length) ? end : from;
    }

    /** The end of some words and marks, and of the one blank after the last word; words below 1 are an indentation. */
    private static int wordsEnd(byte[] bytes, int from, int to, int words, int marks) {
        int p = PrefixMarks.skipBlanks(bytes, from, to);
        if (words < 0 || words + marks == 0) {
            return Math.min(p, from - words);
        }
        for (int i = 0; i < words; i++) {
            p = PrefixMarks.skipBlanks(bytes, p, to);
            while (p < to && !PrefixMarks.isBlank(bytes[p])) {
                p++;
            }
        }
        p = Math.min(words > 0 ? p + 1 : p, to);
        for (int i = 0; i < marks; i++) {
            while (p < to && !isMark(bytes[p])) {
                if (PrefixMarks.isBlank(bytes[p]) || bytes[p] == '(' || bytes[p] == '"') {
                    return from;
                }
                p++;
            }
            p = Math.min(p + 1, to);
        }
        return p;
    }

    private static boolean isMark(byte b) {
        return b == ':' || b == '|' || b == '>' || b == '+';
    }

    /** Writes letters as {@code a}, digits as {@code 9}, and runs of either as one; -1 when the range is too long. */
    private static int shape(byte[] bytes, int from, int to, byte[] shape) {
        if (to - from > shape.length) {
            return -1;
        }
        int length = 0;
        for (int p = from; p < to; p++) {
            byte b = PrefixMarks.isBlank(bytes[p]) ? (byte) ' ' : bytes[p];
            byte kind = Ascii.isDigit(b) ? (byte) '9' : Ascii.isNameStart(b) ? (byte) 'a' : b;
            boolean run = kind == '9' || kind == 'a' || kind == ' ';
            if (!run || length == 0 || shape[length - 1] != kind) {
                shape[length++] = kind;
            }
        }
        return length;
    }

    /** How many lines the sample has. */
    private static int sampled(byte[] bytes, int from, int to) {
        int sampled = 0;
        for (int p = lineStart(bytes, from, to); p < to && sampled < SAMPLE; sampled++) {
            p = lineStart(bytes, lineEnd(bytes, p, to), to);
        }
        return sampled;
    }

    /**
     * How many lines of the sample are understood without the prefix: none without a call. In steps of {@value #STEP},
     * with how many of them have a tid.
     *
     * @param enough lines; more are not looked at when so many are understood
     */
    private static int lines(byte[] bytes, int from, int to, CommonPrefix prefix, int enough) {
        LineParser parser = new LineParser();
        Line line = new Line();
        int count = 0;
        boolean calls = false;
        boolean open = false;
        int p = lineStart(bytes, from, to);
        for (int sampled = 0; p < to && sampled < SAMPLE && !(calls && count / STEP >= enough); sampled++) {
            int end = lineEnd(bytes, p, to);
            int lineEnd = end > p && bytes[end - 1] == '\r' ? end - 1 : end;
            int start = prefix.skip(bytes, p, lineEnd);
            line.reset(bytes, start, lineEnd);
            parser.parse(line, open);
            CleanText.retry(parser, line, open, false);
            open = LineParser.isOpenAfter(line, open);
            boolean cut = line.kind == LineKind.CALL && line.missing != Missing.NONE;
            boolean understands =
                    line.kind != LineKind.UNPARSED && line.kind != LineKind.BLANK && !cut && !line.behindText;
            understands &= start > p || prefix == NONE;
            understands &= !PrefixMarks.isIndentedNumber(bytes, start, lineEnd);
            // a mark of the prefix itself looks like these
            understands &= calls || (line.kind != LineKind.DUMP && line.kind != LineKind.FRAME);
            count += understands ? STEP : 0;
            count += understands && line.tid != 0 ? 1 : 0;
            calls |= understands && line.kind == LineKind.CALL;
            p = lineStart(bytes, end, to);
        }
        return calls ? count : 0;
    }

    /** The beginning of the line that so many lines further on follows. */
    private static int afterLines(byte[] bytes, int from, int to, int lines) {
        int p = from;
        for (int i = 0; i < lines && p < to; i++) {
            p = lineStart(bytes, lineEnd(bytes, lineStart(bytes, p, to), to), to);
        }
        return p;
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
