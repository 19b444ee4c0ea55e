package io.github.strait.trace;

import java.util.Arrays;

/**
 * Joins a call with the lines that hold the rest of it: mail programs wrap long lines at a blank, terminals anywhere. A line
 * that begins something itself is part of the rest only after an open string, which may hold anything.
 */
final class WrappedCall {
    /** How the lines after a call relate to it. */
    enum Found {
        /** Its rest, up to the result. */
        RESULT,
        /** The rest of a program statement: what looked like a call is not one. */
        STATEMENT,
        NOTHING
    }

    private static final int MOST_LINES = 32;
    private static final int NOTE_LINES = 2;
    /** A longer call is not joined. */
    static final int LONGEST = 1 << 16;

    private static final byte[] BLANK = {' '};
    private static final byte[] NO_BLANK = {};

    private final StrippedLine stripped;
    private final Line whole = new Line();
    private int lines;

    WrappedCall(StrippedLine stripped) {
        this.stripped = stripped;
    }

    /** The joined call, if its result was found. */
    Line whole() {
        return whole;
    }

    /** How many of the lines were joined. */
    int lines() {
        return lines;
    }

    /**
     * Looks for the rest of a call.
     *
     * @param prefix the marks in front of it, which may stand in front of its rest, too
     */
    Found find(Line call, byte[] prefix, Iterable<HeldLine> after) {
        lines = 0;
        if (call.end - call.bodyStart > LONGEST) {
            return Found.NOTHING;
        }
        byte[] text = Arrays.copyOfRange(call.bytes, call.bodyStart, trimmed(call.bytes, call.bodyStart, call.end));
        for (HeldLine next : after) {
            Certainty certainty = next.certainty(stripped);
            boolean isInString = isInString(text);
            if ((certainty != Certainty.NOTHING && !isInString) || lines == MOST_LINES) {
                return Found.NOTHING;
            }
            lines++;
            byte[] more = text(next.bytes, prefix);
            if (isOpening(more) && !isInString) {
                return Found.STATEMENT;
            }
            if (text.length + more.length > LONGEST) {
                return Found.NOTHING;
            }
            boolean isEscaping = isEscaping(text);
            byte[] glued = joined(text, NO_BLANK, more);
            text = isEscaping ? glued : joined(text, BLANK, more);
            if (certainty != Certainty.NOTHING && isStringCutOff(more, isEscaping ? 1 : 0)) {
                return Found.NOTHING;
            } else if (isInString && isInString(text)) {
                continue;
            } else if (isWhole(call.kind, text) || isWhole(call.kind, glued)) {
                return Found.RESULT;
            } else if (!parse(call.kind, text)) {
                return isStatement() ? Found.STATEMENT : Found.NOTHING;
            }
        }
        return Found.NOTHING;
    }

    /** How many of the lines are the rest of an explanation of a result, as of {@code ENOENT (No such}. */
    int explanation(Line call, Iterable<HeldLine> after) {
        int depth = openNotes(call.bytes, call.argumentsEnd + 1, call.end);
        int count = 0;
        for (HeldLine next : after) {
            if (depth <= 0 || count == NOTE_LINES || next.certainty(stripped) != Certainty.NOTHING) {
                break;
            }
            depth += openNotes(next.bytes, 0, next.bytes.length);
            count++;
        }
        return depth == 0 ? count : 0;
    }

    /** Whether an explanation of the call's result goes on after the end of the line. */
    static boolean isExplanationOpen(Line call) {
        byte last = call.bytes[call.end - 1];
        return call.missing == Missing.NONE
                && call.ending.isFinal()
                && last != ')'
                && last != '>'
                && openNotes(call.bytes, call.argumentsEnd + 1, call.end) > 0;
    }

    /** How many parentheses are opened and not closed. */
    private static int openNotes(byte[] bytes, int from, int to) {
        int depth = 0;
        int p = from;
        while (p < to) {
            depth += bytes[p] == '(' ? 1 : bytes[p] == ')' ? -1 : 0;
            p = ArgumentScanner.skip(bytes, from, p, to);
        }
        return depth;
    }

    private boolean isWhole(LineKind kind, byte[] text) {
        return parse(kind, text) && whole.missing == Missing.NONE && whole.ending != Ending.CUT && !whole.unbalanced;
    }

    private boolean parse(LineKind kind, byte[] text) {
        whole.reset(text, 0, text.length);
        return kind == LineKind.RESUMED ? CallParser.resumed(whole) : CallParser.call(whole);
    }

    /** Whether what follows the arguments is how programs go on. */
    private boolean isStatement() {
        int p = Ascii.skipSpaces(whole.bytes, whole.argumentsEnd + 1, whole.end);
        return p < whole.end && (whole.bytes[p] == ';' || whole.bytes[p] == '{');
    }

    /** Whether a string is open at the end. */
    private static boolean isInString(byte[] text) {
        int p = 0;
        while (p < text.length) {
            if (text[p] == '"' && ArgumentScanner.closingQuote(text, p + 1, text.length) < 0) {
                return true;
            }
            p = ArgumentScanner.skip(text, 0, p, text.length);
        }
        return false;
    }

    /**
     * Whether a line that is not a rest closes a string as only the beginning of another one would: the string was cut off, and
     * the line is a call of its own.
     */
    private static boolean isStringCutOff(byte[] text, int from) {
        int after = ArgumentScanner.closingQuote(text, from, text.length) + 1;
        return after > 0 && after < text.length && ",).]}".indexOf(text[after]) < 0;
    }

    /** Whether the end of the text escapes what follows. */
    private static boolean isEscaping(byte[] text) {
        int backslashes = 0;
        while (backslashes < text.length && text[text.length - 1 - backslashes] == '\\') {
            backslashes++;
        }
        return backslashes % 2 != 0;
    }

    /** Whether a line begins the body of a function. */
    private static boolean isOpening(byte[] text) {
        return text.length > 0 && text[0] == '{' && (text.length == 1 || PrefixMarks.isBlank(text[1]));
    }

    /** A line without the marks of the call's, and without blanks at both ends. */
    private static byte[] text(byte[] bytes, byte[] prefix) {
        boolean marked = Ascii.startsWith(bytes, 0, bytes.length, prefix);
        int from = PrefixMarks.skipBlanks(bytes, marked ? prefix.length : 0, bytes.length);
        return Arrays.copyOfRange(bytes, from, trimmed(bytes, from, bytes.length));
    }

    private static int trimmed(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && PrefixMarks.isBlank(bytes[end - 1])) {
            end--;
        }
        return end;
    }

    private static byte[] joined(byte[] first, byte[] between, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + between.length + second.length);
        System.arraycopy(between, 0, joined, first.length, between.length);
        System.arraycopy(second, 0, joined, first.length + between.length, second.length);
        return joined;
    }
}
