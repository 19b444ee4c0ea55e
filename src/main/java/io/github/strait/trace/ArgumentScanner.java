package io.github.strait.trace;

/**
 * Finds where arguments end. Brackets nest; strings, comments and the annotations of {@code -y}, {@code -yy} and
 * {@code -Y} are skipped as a whole, since they hold whatever the traced program put there. Measured on strace 4.22 and
 * later, which escapes angle brackets inside annotations.
 */
final class ArgumentScanner {
    private static final byte[] COMMENT_END = Ascii.word("*/");

    private ArgumentScanner() {}

    /**
     * The place of the parenthesis that closes the argument list, or -1 when the range ends before.
     *
     * @param from the first byte after the opening parenthesis
     */
    static int close(byte[] bytes, int from, int to) {
        int depth = 0;
        int p = from;
        while (p < to) {
            byte b = bytes[p];
            if (b == ')' || b == ']' || b == '}') {
                if (depth == 0) {
                    return b == ')' ? p : -1;
                }
                depth--;
                p++;
            } else if (b == '(' || b == '[' || b == '{') {
                depth++;
                p++;
            } else {
                p = skip(bytes, from, p, to);
            }
        }
        return -1;
    }

    /**
     * The first place after the string, comment or annotation that begins at {@code p}, or after the one byte there;
     * {@code to} when it does not end in the range.
     */
    static int skip(byte[] bytes, int from, int p, int to) {
        byte b = bytes[p];
        if (b == '"') {
            return string(bytes, p, to);
        }
        if (b == '/' && p + 1 < to && bytes[p + 1] == '*') {
            int end = Ascii.indexOf(bytes, p + 2, to, COMMENT_END);
            return end < 0 ? to : end + COMMENT_END.length;
        }
        if (b == '<' && p > from) {
            if (p + 1 < to && bytes[p + 1] == '<') {
                return p + 2;
            }
            if (mayBeAnnotated(bytes, from, p)) {
                return annotation(bytes, p, to);
            }
        }
        return p + 1;
    }

    private static int string(byte[] bytes, int quote, int to) {
        int p = quote + 1;
        while (p < to) {
            byte b = bytes[p];
            if (b == '"') {
                return p + 1;
            }
            p += b == '\\' ? 2 : 1;
        }
        return to;
    }

    /** An annotation follows a descriptor or a pid: a number, {@code AT_FDCWD}, its comment, or another annotation. */
    private static boolean mayBeAnnotated(byte[] bytes, int from, int p) {
        byte before = bytes[p - 1];
        if (Ascii.isDigit(before) || before == '>' || before == 'D') {
            return before != '>' || p - 2 < from || (bytes[p - 2] != '=' && bytes[p - 2] != '-');
        }
        return before == '/' && p - 2 >= from && bytes[p - 2] == '*';
    }

    /** The first place after the annotation that begins with the angle bracket at {@code open}. */
    static int annotation(byte[] bytes, int open, int to) {
        if (open + 1 < to && bytes[open + 1] != '/' && isSocketForm(bytes, open + 1, to)) {
            int end = socketAnnotation(bytes, open + 1, to);
            if (end > 0) {
                return end;
            }
        }
        return plainAnnotation(bytes, open + 1, to);
    }

    /** {@code TCP:[...]}, {@code UNIX-STREAM:[...]}, {@code pipe:[...]}: a word, a colon and a square bracket. */
    private static boolean isSocketForm(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to && (Ascii.isNamePart(bytes[p]) || bytes[p] == '-')) {
            p++;
        }
        return p > from && p + 1 < to && bytes[p] == ':' && bytes[p + 1] == '[';
    }

    private static int socketAnnotation(byte[] bytes, int from, int to) {
        int depth = 0;
        int p = from;
        while (p < to) {
            byte b = bytes[p];
            if (b == '"') {
                p = string(bytes, p, to);
                continue;
            }
            if (b == '[') {
                depth++;
            } else if (b == ']') {
                depth--;
            } else if (b == '>' && depth <= 0) {
                return p + 1;
            }
            p++;
        }
        return -1;
    }

    private static int plainAnnotation(byte[] bytes, int from, int to) {
        int nested = 0;
        int p = from;
        while (p < to) {
            byte b = bytes[p];
            if (b == '\\') {
                p++;
            } else if (b == '<') {
                nested++;
            } else if (b == '>') {
                if (nested == 0) {
                    return p + 1;
                }
                nested--;
            }
            p++;
        }
        return to;
    }
}
