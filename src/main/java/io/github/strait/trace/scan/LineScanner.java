package io.github.strait.trace.scan;

import com.google.errorprone.annotations.CheckReturnValue;
import io.github.strait.trace.ArgumentScanner;
import io.github.strait.trace.Ascii;
import io.github.strait.trace.Block;
import io.github.strait.trace.BlockScanner;
import io.github.strait.trace.ByteSearch;
import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;
import java.util.Arrays;

/**
 * Divides a block into lines, and recognises the usual ones in the same pass: whole calls, halves of calls, ends of tasks,
 * frames and dumps, with an optional tid and time in front. Any other line stays unscanned and is left to the parser. For one
 * thread.
 */
@CheckReturnValue
final class LineScanner implements BlockScanner {
    private static final int NOT_FOUND = -1;

    private static final long BRACKET_PID = word("[pid ");
    private static final long RESUMED_START = word("<... ");
    private static final long FIVE_BYTES = -1L >>> Long.SIZE - 5 * Byte.SIZE;
    private static final long RESUMED_END = word(" resumed");
    private static final byte[] UNFINISHED = Ascii.word(" <unfinished ...>");
    private static final long UNFINISHED_HEAD = word(" <unfini");
    private static final long UNFINISHED_TAIL = word("hed ...>");
    private static final int TID_DIGITS = 7;
    /** Above all numbers of so many digits. */
    private static final int[] ABOVE = {1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000};
    /** The digits of an address of 32 bits. */
    private static final int NARROW = 8;

    private static final int UNIX_TIME_DIGITS = 10;
    /** The most digits that cannot overflow. */
    private static final int VALUE_DIGITS = 18;

    private static final byte ORDINARY = 0;
    static final byte OPENING = 1;
    static final byte CLOSING = 2;
    static final byte QUOTE = 3;
    static final byte SLASH = 4;
    private static final byte ANGLE = 5;
    static final byte LINE_FEED = 6;
    private static final byte[] KINDS = kinds();
    /** Whether two bytes, the first of them lower, are both ordinary. */
    private static final byte[] PAIRS = pairs(KINDS);

    private final WordTable words;
    private final SpanScanner spans;
    private int defaultTid;
    private final FurnitureScanner furniture = new FurnitureScanner();
    private byte[] bytes = new byte[0];
    private int tid;
    private int number;
    private int summary;

    /** @param defaultTid the tid of lines that carry none */
    LineScanner(WordNumbers words, int defaultTid) {
        this.words = new WordTable(words);
        this.spans = new SpanScanner(words);
        this.defaultTid = defaultTid;
    }

    /** Goes on with another file. */
    void begin(int tidOfFile) {
        defaultTid = tidOfFile;
    }

    @Override
    public void scan(Block block) {
        bytes = block.bytes();
        furniture.begin(block);
        int length = block.length();
        int p = 0;
        while (p < length) {
            int next = bytes[p] == ' ' ? furniture.scan(block, p, defaultTid) : p;
            if (next > p) {
                p = next;
                continue;
            }
            int end = line(p);
            if (end == NOT_FOUND) {
                block.add(p, 0, Line.NO_NUMBER, Line.UNSCANNED);
                end = ByteSearch.find(bytes, p, length, (byte) '\n');
            } else {
                block.add(p, tid, number, summary);
            }
            p = end + 1;
        }
    }

    /** The end of the line that begins here, whose tid and summary are set; {@link #NOT_FOUND} when it is not recognised. */
    private int line(int start) {
        tid = defaultTid;
        number = Line.NO_NUMBER;
        int p = start;
        byte first = bytes[p];
        if (first == '[' && bytes[p + 1] == 'p') {
            p = bracketedTid(p);
        } else if (Ascii.isDigit(first)) {
            p = plainTid(p);
        }
        if (p >= 0 && !isWordStart(bytes[p])) {
            p = EventScanner.isStart(bytes[p]) ? p : columns(start, p);
            if (p >= 0 && EventScanner.isStart(bytes[p])) {
                return event(p);
            }
        }
        return p < 0 ? NOT_FOUND : bytes[p] == '<' ? resumed(p) : call(p);
    }

    private int event(int from) {
        int end = ByteSearch.find(bytes, from, (byte) '\n');
        summary = EventScanner.scan(bytes, from, end);
        return summary == Line.UNSCANNED ? NOT_FOUND : end;
    }

    /** The place after a time, a number, or both. */
    private int columns(int start, int from) {
        int p = bytes[from] == '[' ? from : time(start, from);
        if (p >= 0 && bytes[p] == '[') {
            p = numberColumn(p);
        }
        return p >= 0 && (isWordStart(bytes[p]) || EventScanner.isStart(bytes[p])) ? p : NOT_FOUND;
    }

    /** The place after a number in brackets; one that is as long as an address is left to others. */
    private int numberColumn(int open) {
        int p = spaces(open + 1);
        long word = ByteSearch.word(bytes, p);
        int count = ByteSearch.digits(word);
        int end = p + count;
        if (count == 0 || end - open > NARROW || bytes[end] != ']' || bytes[end + 1] != ' ') {
            return NOT_FOUND;
        }
        number = ByteSearch.decimal(word, count);
        return end + 2;
    }

    private static boolean isWordStart(byte b) {
        return b >= 'a' || b == '_' || b == '<';
    }

    private int bracketedTid(int start) {
        if ((ByteSearch.word(bytes, start) & FIVE_BYTES) != BRACKET_PID) {
            return NOT_FOUND;
        }
        int p = spaces(start + 5);
        int end = tid(p);
        return end > p && bytes[end] == ']' && bytes[end + 1] == ' ' ? spaces(end + 1) : NOT_FOUND;
    }

    /** The place after a tid; the same place when the digits are not a tid. */
    private int plainTid(int start) {
        int end = tid(start);
        if (end > start && bytes[end] == ' ') {
            return spaces(end);
        }
        tid = defaultTid;
        return start;
    }

    /** The place after the tid that begins here. 0 means none, so 0 and longer numbers are not tids. */
    private int tid(int from) {
        long word = ByteSearch.word(bytes, from);
        int count = ByteSearch.digits(word);
        if (count == 0 || count > TID_DIGITS) {
            return from;
        }
        tid = ByteSearch.decimal(word, count);
        return tid == 0 ? from : from + count;
    }

    /** The place after the one time that begins here, and the space that follows it. */
    private int time(int start, int from) {
        int p = spaces(from);
        int end = digits(p);
        boolean isClock = end - p == 2 && bytes[end] == ':' && from == p;
        if (end == p) {
            return NOT_FOUND;
        }
        if (from == start && p > start && bytes[end] != '.') {
            // whole seconds, or the tid of an indented line
            return NOT_FOUND;
        }
        boolean isAbsolute = isClock || (end - p == UNIX_TIME_DIGITS && from == p);
        if (isClock) {
            if (digits(p + 3) != p + 5 || bytes[p + 5] != ':' || digits(p + 6) != p + 8) {
                return NOT_FOUND;
            }
            end = p + 8;
        }
        int after = bytes[end] == '.' ? digits(end + 1) : end;
        boolean isPadded = p > start;
        if (bytes[after] != ' ' || !(isAbsolute || isPadded || after > end)) {
            return NOT_FOUND;
        }
        return after + 1;
    }

    private int call(int from) {
        int open = wordEnd(from, (byte) '(');
        return open < 0 ? NOT_FOUND : arguments(false, words.find(bytes, from, open), open + 1);
    }

    private int resumed(int from) {
        if ((ByteSearch.word(bytes, from) & FIVE_BYTES) != RESUMED_START) {
            return NOT_FOUND;
        }
        int end = wordEnd(from + 5, (byte) ' ');
        if (end < 0 || ByteSearch.word(bytes, end) != RESUMED_END || bytes[end + 8] != '>') {
            return NOT_FOUND;
        }
        return arguments(true, words.find(bytes, from + 5, end), end + 9);
    }

    /** The place of the byte that ends a word, {@link #NOT_FOUND} when the word is too long. */
    private int wordEnd(int from, byte terminator) {
        int end = ByteSearch.find(bytes, from, from + WordTable.LONGEST + 1, terminator);
        return end > from + WordTable.LONGEST ? NOT_FOUND : end;
    }

    /** Finds the end as {@code ArgumentScanner.close} does, and goes on to the end of the line. */
    private int arguments(boolean resumed, int name, int from) {
        if (name == WordNumbers.NONE) {
            return NOT_FOUND;
        }
        ArgumentSpan span = words.span(name);
        if (span == null) {
            return arguments(resumed, name, from, from);
        }
        int p = spans.scan(bytes, span, resumed, name, from);
        if (p >= 0 && bytes[p] == ')') {
            return result(resumed, spans.word(), p);
        }
        return p < 0 ? NOT_FOUND : arguments(resumed, spans.word(), from, p);
    }

    /** The same from a place outside of brackets on. */
    private int arguments(boolean resumed, int name, int from, int start) {
        int depth = 0;
        int to = NOT_FOUND;
        int p = start;
        while (true) {
            p = ordinary(bytes, p);
            switch (KINDS[bytes[p] & 0xff]) {
                case OPENING -> {
                    depth++;
                    p++;
                }
                case CLOSING -> {
                    if (depth == 0 && bytes[p] == ')') {
                        return result(resumed, name, p);
                    }
                    depth = Math.max(0, depth - 1);
                    p++;
                }
                case QUOTE -> {
                    p = SpanScanner.string(bytes, p + 1);
                    if (p < 0) {
                        return NOT_FOUND;
                    }
                }
                case LINE_FEED -> {
                    if (unfinishedEnd(bytes, from, p) < 0) {
                        return NOT_FOUND;
                    }
                    summary = ScanSummary.call(resumed, Ending.UNFINISHED, name, 0, false);
                    return p;
                }
                case SLASH -> {
                    p = bytes[p + 1] == '*' ? SpanScanner.comment(bytes, p + 2) : p + 1;
                    if (p < 0) {
                        return NOT_FOUND;
                    }
                }
                default -> {
                    if (p == from || (bytes[p - 1] == ' ' && bytes[p + 1] != '<')) {
                        // no annotation
                        p++;
                    } else {
                        to = to < 0 ? argumentsLimit(bytes, from, p) : to;
                        if (to < 0) {
                            return NOT_FOUND;
                        }
                        p = ArgumentScanner.skip(bytes, from, p, to);
                    }
                }
            }
        }
    }

    /** The first place of a byte that needs a closer look. */
    private static int ordinary(byte[] bytes, int from) {
        int p = from;
        while (PAIRS[ByteSearch.pair(bytes, p)] == ORDINARY) {
            p += 2;
        }
        return KINDS[bytes[p] & 0xff] == ORDINARY ? p + 1 : p;
    }

    /** The end of the line, or of what stands in front of the note that the call is unfinished. */
    static int argumentsLimit(byte[] bytes, int from, int p) {
        int end = ByteSearch.find(bytes, p, (byte) '\n');
        if (bytes[end - 1] == '\r') {
            return NOT_FOUND;
        }
        int before = unfinishedEnd(bytes, from, end);
        return before < 0 ? end : before;
    }

    /** The end of what stands in front of the note that the call is unfinished; negative when the line lacks it. */
    static int unfinishedEnd(byte[] bytes, int from, int end) {
        int at = end - UNFINISHED.length;
        boolean isUnfinished = at >= from
                && ByteSearch.word(bytes, end - Long.BYTES) == UNFINISHED_TAIL
                && ByteSearch.word(bytes, at) == UNFINISHED_HEAD
                && bytes[at + Long.BYTES] == 's';
        return isUnfinished ? at : NOT_FOUND;
    }

    /** Reads the result as {@code ResultParser} does, up to the end of the line. */
    private int result(boolean resumed, int name, int close) {
        int p = spaces(close + 1);
        if (p == close + 1 || bytes[p] != '=' || bytes[p + 1] != ' ') {
            return NOT_FOUND;
        }
        p += 2;
        if (bytes[p] == '?') {
            summary = ScanSummary.call(resumed, Ending.NO_RESULT, name, 0, false);
            return bytes[p + 1] == '\n' || bytes[p + 1] == ' ' ? noteEnd(p) : NOT_FOUND;
        }
        boolean negative = bytes[p] == '-';
        int first = negative ? p + 1 : p;
        boolean isHex = bytes[first] == '0' && bytes[first + 1] == 'x';
        int end = isHex ? hexDigits(first + 2) : digits(first);
        boolean isOdd = bytes[first] == '0' && (negative || end == first + 2);
        if (end == first || end - first > VALUE_DIGITS || isOdd) {
            return NOT_FOUND;
        }
        boolean ownTid = bytes[first] != '0' && !negative && isTid(first, end - first);
        AddressRange range = isHex ? AddressRange.of(bytes[first + 2], end - first - 2) : AddressRange.OTHER;
        summary = ScanSummary.call(resumed, Ending.VALUE, name, range.ordinal(), ownTid);
        if (bytes[end] == '\n') {
            boolean isOctal = bytes[first] == '0' && !isHex && end > first + 1;
            summary = negative || isOctal ? summary : ScanSummary.ended(summary);
            return end;
        }
        if (negative && end == first + 1 && bytes[first] == '1' && bytes[end] == ' ') {
            return error(resumed, name, end + 1);
        }
        if (bytes[end] == '<') {
            return negative ? NOT_FOUND : annotated(end);
        }
        return noted(end);
    }

    /** Whether so many digits, of which the first is not 0, are the tid of the line. */
    private boolean isTid(int from, int count) {
        return count <= TID_DIGITS
                && tid < ABOVE[count]
                && ByteSearch.decimal(ByteSearch.word(bytes, from), count) == tid;
    }

    /** The end of the line after a value with no note or a usual one. */
    private int noted(int from) {
        int p = spaces(from);
        byte b = bytes[p];
        if (b == '\n') {
            return p;
        }
        boolean isNote = p > from && (b == '(' || b == '<' || b == '/' || b == '[' || b == 'E');
        return isNote ? noteEnd(p) : NOT_FOUND;
    }

    private int annotated(int open) {
        int end = ByteSearch.find(bytes, open, (byte) '\n');
        if (bytes[end - 1] == '\r') {
            return NOT_FOUND;
        }
        int p = ArgumentScanner.resultAnnotation(bytes, open, end);
        return bytes[p] == ' ' || p == end ? noted(p) : NOT_FOUND;
    }

    private int error(boolean resumed, int name, int from) {
        if (bytes[from] != 'E') {
            return NOT_FOUND;
        }
        int end = from;
        while (Ascii.isNamePart(bytes[end])) {
            end++;
        }
        int errno = words.find(bytes, from, end);
        if (errno == WordNumbers.NONE) {
            return NOT_FOUND;
        }
        summary = ScanSummary.call(resumed, Ending.ERROR, name, errno, false);
        return noteEnd(end);
    }

    /**
     * The end of the line, which must not hold what may be the result of another call, and where an explanation must not
     * be open: the next line may be the rest of it.
     */
    private int noteEnd(int from) {
        int p = from;
        while (true) {
            p = ByteSearch.findEither(bytes, p, (byte) ')', (byte) '\n');
            if (bytes[p] == '\n') {
                byte last = bytes[p - 1];
                return last == ')' || last == '>' || (last == '/' && bytes[p - 2] == '*') || last == '?'
                        ? p
                        : NOT_FOUND;
            }
            if (bytes[p + 1] == ' ' && bytes[spaces(p + 1)] == '=') {
                return NOT_FOUND;
            }
            p++;
        }
    }

    private int spaces(int from) {
        int p = from;
        while (bytes[p] == ' ') {
            p++;
        }
        return p;
    }

    private int digits(int from) {
        int p = from;
        while (Ascii.isDigit(bytes[p])) {
            p++;
        }
        return p;
    }

    private int hexDigits(int from) {
        int p = from;
        while (Ascii.isHexDigit(bytes[p])) {
            p++;
        }
        return p;
    }

    private static long word(String text) {
        byte[] padded = Arrays.copyOf(Ascii.word(text), Long.BYTES);
        return ByteSearch.word(padded, 0);
    }

    static byte[] pairs(byte[] kinds) {
        byte[] pairs = new byte[kinds.length * kinds.length];
        for (int second = 0; second < kinds.length; second++) {
            int row = second * kinds.length;
            if (kinds[second] == ORDINARY) {
                System.arraycopy(kinds, 0, pairs, row, kinds.length);
            } else {
                Arrays.fill(pairs, row, row + kinds.length, kinds[second]);
            }
        }
        return pairs;
    }

    static byte[] kinds() {
        byte[] kinds = new byte[256];
        for (char c : "([{".toCharArray()) {
            kinds[c] = OPENING;
        }
        for (char c : ")]}".toCharArray()) {
            kinds[c] = CLOSING;
        }
        kinds['"'] = QUOTE;
        kinds['/'] = SLASH;
        kinds['<'] = ANGLE;
        kinds['\n'] = LINE_FEED;
        return kinds;
    }
}
