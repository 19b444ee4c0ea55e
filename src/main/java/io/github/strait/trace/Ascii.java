package io.github.strait.trace;

import java.nio.charset.StandardCharsets;

/** Reads ASCII words and numbers from a buffer without allocating strings. */
public final class Ascii {
    /** Returned by {@link #decimal} when there is no number, or one too large for a tid or syscall number. */
    static final long NONE = -1;

    private Ascii() {}

    public static byte[] word(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether the word stands at the beginning of the range. */
    public static boolean startsWith(byte[] bytes, int from, int to, byte[] word) {
        if (to - from < word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (bytes[from + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    public static boolean endsWith(byte[] bytes, int from, int to, byte[] word) {
        return to - from >= word.length && startsWith(bytes, to - word.length, to, word);
    }

    /** The first place of the word in the range, or -1. */
    public static int indexOf(byte[] bytes, int from, int to, byte[] word) {
        for (int i = from; i <= to - word.length; i++) {
            if (bytes[i] == word[0] && startsWith(bytes, i, to, word)) {
                return i;
            }
        }
        return -1;
    }

    /** The last place of the word in the range, or -1. */
    static int lastIndexOf(byte[] bytes, int from, int to, byte[] word) {
        for (int i = to - word.length; i >= from; i--) {
            if (bytes[i] == word[0] && startsWith(bytes, i, to, word)) {
                return i;
            }
        }
        return -1;
    }

    public static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }

    public static boolean isHexDigit(int b) {
        return isDigit(b) || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
    }

    public static boolean isNameStart(int b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_';
    }

    public static boolean isNamePart(int b) {
        return isNameStart(b) || isDigit(b);
    }

    static int skipDigits(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to && isDigit(bytes[p])) {
            p++;
        }
        return p;
    }

    static int skipSpaces(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to && bytes[p] == ' ') {
            p++;
        }
        return p;
    }

    /** The decimal number that fills the range, up to ten digits, or {@link #NONE}. */
    static long decimal(byte[] bytes, int from, int to) {
        if (from >= to || to - from > 10) {
            return NONE;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(bytes[i])) {
                return NONE;
            }
            value = value * 10 + (bytes[i] - '0');
        }
        return value;
    }

    /** The tid that fills the range, or 0 when none can. */
    static int tid(byte[] bytes, int from, int to) {
        long value = decimal(bytes, from, to);
        return value > Integer.MAX_VALUE ? 0 : (int) Math.max(0, value);
    }
}
