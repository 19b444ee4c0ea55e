package io.github.strait.trace;

/**
 * Finds where arguments end. Brackets nest. Strings, comments and the annotations of {@code -y}, {@code -yy} and {@code
 * -Y} are skipped as a whole, because the traced program controls what they hold. Before 4.22 strace did not escape
 * angle brackets in annotations, so one ends only where something follows that can.
 */
public final class ArgumentScanner {
    static final byte[] DELETED = Ascii.word("(deleted)");

    private static final byte[] COMMENT_END = Ascii.word("*/");

    /** Two escaped UNIX addresses take less; limits keep the time linear in hostile lines. */
    private static final int LONGEST_SOCKET = 1 << 11;

    /** A raw bracket in a name is at most the length of a name away from the name's end. */
    private static final int LONGEST_NAME = 1 << 8;

    private static final int LONGEST_PATH = 1 << 9;

    /** A longer comment ends where it first can. */
    private static final int LONGEST_COMMENT = 1 << 9;

    private static final byte ORDINARY = 0;
    private static final byte OPENING = 1;
    private static final byte CLOSING = 2;
    private static final byte SKIPPED = 3;
    private static final byte[] KINDS = kinds();

    private ArgumentScanner() {}

    /**
     * The place of the parenthesis that closes the argument list, or -1 when it is not in the range.
     *
     * @param from the first byte after the opening parenthesis
     */
    static int close(byte[] bytes, int from, int to) {
        int depth = 0;
        int p = from;
        while (p < to) {
            switch (KINDS[bytes[p] & 0xff]) {
                case ORDINARY -> p++;
                case OPENING -> {
                    depth++;
                    p++;
                }
                case CLOSING -> {
                    if (depth > 0) {
                        depth--;
                    } else if (bytes[p] == ')') {
                        return p;
                    }
                    // else the second half of a call began inside of a structure
                    p++;
                }
                default -> p = skip(bytes, from, p, to);
            }
        }
        return -1;
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[256];
        for (char c : "([{".toCharArray()) {
            kinds[c] = OPENING;
        }
        for (char c : ")]}".toCharArray()) {
            kinds[c] = CLOSING;
        }
        for (char c : "\"/<".toCharArray()) {
            kinds[c] = SKIPPED;
        }
        return kinds;
    }

    /**
     * The first place after the string, comment or annotation that begins at {@code p}, or after the one byte there;
     * {@code to} when it does not end in the range.
     */
    public static int skip(byte[] bytes, int from, int p, int to) {
        byte b = bytes[p];
        if (b == '"') {
            return string(bytes, p, to);
        }
        if (b == '/' && p + 1 < to && bytes[p + 1] == '*') {
            return comment(bytes, p + 2, to);
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

    /**
     * The first place after a comment, or {@code to}. It may hold another one, as in
     * {@code /* QCMD(0x8000 /* Q_??? *}{@code /, GRPQUOTA) *}{@code /}, and strings, which hold anything; where these do
     * not close, it ends where it first can.
     */
    private static int comment(byte[] bytes, int from, int to) {
        int limit = Math.min(to, from + LONGEST_COMMENT);
        int depth = 1;
        int p = from;
        while (p + 1 < limit) {
            if (bytes[p] == '"') {
                p = string(bytes, p, limit);
            } else if (bytes[p] == '/' && bytes[p + 1] == '*') {
                depth++;
                p += 2;
            } else if (bytes[p] == '*' && bytes[p + 1] == '/') {
                depth--;
                p += 2;
                if (depth == 0) {
                    return p;
                }
            } else {
                p++;
            }
        }
        int end = Ascii.indexOf(bytes, from, to, COMMENT_END);
        return end < 0 ? to : end + COMMENT_END.length;
    }

    /** The first place after the string that begins at {@code quote}, or {@code to}. */
    static int string(byte[] bytes, int quote, int to) {
        int closing = closingQuote(bytes, quote + 1, to);
        return closing < 0 ? to : closing + 1;
    }

    /** The quotation mark that closes the string whose content begins at {@code from}, or -1. */
    static int closingQuote(byte[] bytes, int from, int to) {
        int p = from;
        while (true) {
            p = ByteSearch.findEither(bytes, p, to, (byte) '"', (byte) '\\');
            if (p >= to) {
                return -1;
            }
            if (bytes[p] == '"') {
                return p;
            }
            p += 2;
        }
    }

    /** An annotation follows a descriptor or a pid: a number, {@code AT_FDCWD}, its comment, or another annotation. */
    private static boolean mayBeAnnotated(byte[] bytes, int from, int p) {
        byte before = bytes[p - 1];
        if (Ascii.isDigit(before) || before == '>' || before == 'D') {
            return before != '>' || p - 2 < from || (bytes[p - 2] != '=' && bytes[p - 2] != '-');
        }
        return before == '/' && p - 2 >= from && bytes[p - 2] == '*';
    }

    /** The first place after the annotation of an argument, which begins with the angle bracket at {@code open}. */
    private static int annotation(byte[] bytes, int open, int to) {
        return annotation(bytes, open, to, false);
    }

    /** The first place after the annotation of a result. */
    public static int resultAnnotation(byte[] bytes, int open, int to) {
        return annotation(bytes, open, to, true);
    }

    private static int annotation(byte[] bytes, int open, int to, boolean isResult) {
        int from = open + 1;
        if (isSocketForm(bytes, from, to)) {
            int end = socketAnnotation(bytes, from, to);
            if (end > 0) {
                return end;
            }
        }
        int end = plainAnnotation(bytes, from, to, true, isResult);
        return end > 0 ? end : Math.abs(plainAnnotation(bytes, from, to, false, isResult));
    }

    /** {@code TCP:[...]}, {@code UNIX-STREAM:[...]}, {@code pipe:[...]}: a word, a colon and a square bracket. */
    private static boolean isSocketForm(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to && (Ascii.isNamePart(bytes[p]) || bytes[p] == '-')) {
            p++;
        }
        return p > from && p + 1 < to && bytes[p] == ':' && bytes[p + 1] == '[';
    }

    /** Quoted names and brackets may hold unescaped angle brackets. */
    private static int socketAnnotation(byte[] bytes, int from, int end) {
        int to = Math.min(end, from + LONGEST_SOCKET);
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

    /**
     * The first place after an annotation that is not a socket's; negative when what stands there cannot follow one.
     *
     * @param nests whether angle brackets in the annotation nest: always since 4.22, which escapes those in names
     */
    private static int plainAnnotation(byte[] bytes, int from, int end, boolean nests, boolean isResult) {
        int nested = 0;
        int first = end;
        int to = end;
        int p = from;
        while (p < to) {
            byte b = bytes[p];
            if (b == '\\' && p + 1 < end && bytes[p + 1] != '<' && bytes[p + 1] != '>') {
                // before these two it is a name's own: strace escapes them by number, if at all
                p++;
            } else if (b == '<' && nests) {
                to = nested == 0 ? Math.min(to, p + LONGEST_PATH) : to;
                nested++;
            } else if (b == '>' && nested > 0) {
                nested--;
            } else if (b == '>') {
                if (isResult ? mayFollowResult(bytes, p + 1, end) : mayFollow(bytes, p + 1, end)) {
                    return p + 1;
                }
                if (first == end) {
                    first = p + 1;
                    to = Math.min(to, first + LONGEST_NAME);
                }
            }
            p++;
        }
        return -first;
    }

    /**
     * Whether this can follow the annotation of an argument. After a raw bracket in a name, usually more of the name
     * follows.
     */
    private static boolean mayFollow(byte[] bytes, int p, int to) {
        if (p >= to) {
            return true;
        }
        byte b = bytes[p];
        if (b == ' ') {
            byte next = p + 1 < to ? bytes[p + 1] : b;
            return !Ascii.isNameStart(next);
        }
        return b == ',' || b == ')' || b == ']' || b == '}' || b == '>' || Ascii.startsWith(bytes, p, to, DELETED);
    }

    private static boolean mayFollowResult(byte[] bytes, int p, int to) {
        if (p >= to) {
            return true;
        }
        if (bytes[p] == ' ') {
            byte next = p + 1 < to ? bytes[p + 1] : bytes[p];
            return next == ' ' || next == '(' || next == '<' || next == '/' || next == '[';
        }
        return Ascii.startsWith(bytes, p, to, DELETED);
    }
}
