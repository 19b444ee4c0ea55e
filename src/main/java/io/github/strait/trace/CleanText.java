package io.github.strait.trace;

import java.util.Arrays;

/**
 * The text of a line without what terminals and copying add: colours (strace 7.0) and other terminal controls, NULs from
 * holes in a file or from two-byte characters, HTML entities, typographic quotes and dots, non-breaking blanks, and blanks
 * at the end.
 */
final class CleanText {
    private static final byte ESCAPE = 0x1b;
    private static final byte BELL = 7;
    /** In UTF-8 the first bytes of the characters below. */
    private static final byte PUNCTUATION = (byte) 0xE2;

    private static final byte GENERAL = (byte) 0x80;
    private static final byte LATIN = (byte) 0xC2;
    private static final byte NO_BREAK = (byte) 0xA0;

    private static final byte[][] ENTITIES = {
        Ascii.word("&lt;"),
        Ascii.word("&gt;"),
        Ascii.word("&quot;"),
        Ascii.word("&apos;"),
        Ascii.word("&#39;"),
        Ascii.word("&#34;"),
        Ascii.word("&#x27;"),
        Ascii.word("&nbsp;"),
        Ascii.word("&amp;")
    };
    private static final byte[] MEANINGS = Ascii.word("<>\"''\"' &");

    private final byte[] bytes;
    private final int to;
    private final boolean tabs;
    private final byte[] plain;
    private int length;

    private CleanText(byte[] bytes, int from, int to, boolean tabs) {
        this.bytes = bytes;
        this.to = to;
        this.tabs = tabs;
        this.plain = new byte[to - from];
    }

    /** Whether {@link #of} may return anything but the line itself. */
    static boolean isNeeded(byte[] bytes, int from, int to, boolean tabs) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            boolean marked = b == ESCAPE || b == 0 || b == '&' || b == PUNCTUATION || b == LATIN || (tabs && b == '\t');
            if (marked) {
                return true;
            }
        }
        return to > from && bytes[to - 1] == ' ';
    }

    /**
     * A copy without all of this, for a line that is not understood as it is. strace never prints these bytes of the tracee,
     * and entities only in strings.
     *
     * @param tabs whether tabs become spaces
     */
    static byte[] of(byte[] bytes, int from, int to, boolean tabs) {
        CleanText text = new CleanText(bytes, from, to, tabs);
        int p = from;
        while (p < to) {
            p = text.take(p);
        }
        return text.trimmed();
    }

    /**
     * Parses a doubtful line again from its clean text, and keeps the result if it is better.
     *
     * @param line as {@link LineParser#parse} left it
     * @param open as it was passed to that
     */
    static void retry(LineParser parser, Line line, boolean open, boolean tabs) {
        byte[] bytes = line.bytes;
        int start = line.start;
        int end = line.end;
        boolean isOdd = line.kind == LineKind.UNPARSED || line.behindText;
        boolean isCall = !isOdd && (line.kind == LineKind.CALL || line.kind == LineKind.RESUMED);
        if ((isOdd || isPart(line)) && isNeeded(bytes, start, end, tabs)) {
            byte[] plain = of(bytes, start, end, tabs);
            line.reset(plain, 0, plain.length);
            parser.parse(line, open);
            if (line.kind == LineKind.UNPARSED || (isCall && isPart(line))) {
                line.reset(bytes, start, end);
                parser.parse(line, open);
            }
        }
    }

    /** Whether strace's line goes on elsewhere, which may only look so. */
    private static boolean isPart(Line line) {
        return switch (line.kind) {
            case CALL, RESUMED -> line.ending == Ending.CUT || line.unbalanced;
            // a call that is cut by a message may stand in front of it
            case CONTINUATION, MESSAGE, PERSONALITY -> true;
            default -> false;
        };
    }

    private byte[] trimmed() {
        int end = length;
        while (end > 0 && plain[end - 1] == ' ') {
            end--;
        }
        return Arrays.copyOf(plain, end);
    }

    /** The place after the byte or the mark that stands here. */
    private int take(int p) {
        byte b = bytes[p];
        int next = switch (b) {
            case 0 -> p + 1;
            case '\r' -> length == 0 ? p + 1 : p;
            case '\t' -> tabs ? put(' ', p + 1) : p;
            case ESCAPE -> escapeEnd(p);
            case '&' -> entity(p);
            case LATIN -> p + 1 < to && bytes[p + 1] == NO_BREAK ? put(' ', p + 2) : p;
            case PUNCTUATION -> p + 2 < to && bytes[p + 1] == GENERAL ? punctuation(p) : p;
            default -> p;
        };
        return next == p ? put((char) b, p + 1) : next;
    }

    private int put(char c, int next) {
        plain[length++] = (byte) c;
        return next;
    }

    private int entity(int p) {
        for (int i = 0; i < ENTITIES.length; i++) {
            if (Ascii.startsWith(bytes, p, to, ENTITIES[i])) {
                return put((char) MEANINGS[i], p + ENTITIES[i].length);
            }
        }
        return p;
    }

    private int punctuation(int p) {
        int next = p + 3;
        return switch (bytes[p + 2] & 0xff) {
            case 0x9C, 0x9D, 0x9E -> put('"', next);
            case 0x98, 0x99 -> put('\'', next);
            case 0xA6 -> put('.', put('.', put('.', next)));
            default -> p;
        };
    }

    /** The end of a terminal control: {@code ESC [ ... letter}, {@code ESC ] ... BEL}; the same place when it is not. */
    private int escapeEnd(int from) {
        int p = from + 2;
        if (p >= to) {
            return from;
        }
        if (bytes[from + 1] == '[') {
            while (p < to && bytes[p] >= ' ' && bytes[p] <= '?') {
                p++;
            }
            return p < to && bytes[p] >= '@' && bytes[p] <= '~' ? p + 1 : from;
        }
        if (bytes[from + 1] == ']') {
            while (p < to && bytes[p] != BELL) {
                p++;
            }
            return p < to ? p + 1 : from;
        }
        return from;
    }
}
