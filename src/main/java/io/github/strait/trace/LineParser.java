package io.github.strait.trace;

/**
 * Decides what a line is and fills in the fields of its kind, assuming that strace wrote the line as it is: {@link
 * Salvage} runs first and undoes what copying did. Its only state is whether it is inside a table.
 */
final class LineParser {
    private static final byte[] EQUALS = Ascii.word(" = ");
    private static final byte[] ARROW = Ascii.word(" => ");
    private static final byte[] NOTE = Ascii.word(" <");
    private static final byte[] COMMENT = Ascii.word("/* ");
    /** How lines begin that a tracee's text may stand in front of, where it does not end with a line feed. */
    private static final byte[][] BEGINNINGS = {
        Ascii.word("[pid "),
        Ascii.word("<... "),
        Ascii.word("+++ exited with "),
        Ascii.word("+++ killed by "),
        Ascii.word("--- SIG")
    };
    /** Text that holds more of them is not looked through to its end. */
    private static final int BEGINNINGS_TRIED = 4;

    private static final byte[] ADDRESS = Ascii.word(" [0");
    private static final byte[] COLUMNS = Ascii.word("  ");
    private static final byte[] BUFFER = Ascii.word(" bytes in buffer ");
    private static final int OFFSET_DIGITS = 5;

    private final SummaryParser summary = new SummaryParser();

    /**
     * Parses the next line as it stands.
     *
     * @param open whether a call whose line was cut in the middle of its arguments waits for the rest
     */
    void parse(Line line, boolean open) {
        if (Ascii.skipSpaces(line.bytes, line.start, line.end) == line.end) {
            line.kind = LineKind.BLANK;
        } else if (summary.parse(line)) {
            line.kind = LineKind.SUMMARY;
        } else if (!furniture(line) && !continuation(line)) {
            PrefixParser.parse(line, line.start);
            body(line);
            if (line.kind == LineKind.UNPARSED && line.tid == 0) {
                ofSharedStream(line, open);
            } else if (line.kind == LineKind.UNPARSED) {
                withoutColumns(line, open);
            }
        }
    }

    /** Whether a cut call waits for its rest after this line, as one did or did not before it. */
    static boolean isOpenAfter(Line line, boolean open) {
        return switch (line.kind) {
            case CALL, RESUMED, CONTINUATION -> line.ending == Ending.CUT;
            case MESSAGE, PERSONALITY, UNPARSED -> open;
            default -> false;
        };
    }

    /** Parses a line by itself: what it begins, if it begins anything. */
    static void parseAlone(Line line) {
        PrefixParser.parse(line, line.start);
        body(line);
    }

    /** Whether lines may be rows of a table now. */
    boolean isInTable() {
        return summary.isInside();
    }

    /** Whether a line begins with the mark of a frame or a dump, and is plainly one. */
    static boolean isPlainFurniture(Line line) {
        byte[] bytes = line.bytes;
        int p = Ascii.skipSpaces(bytes, line.start, line.end);
        return line.kind == LineKind.FRAME ? bytes[line.end - 1] == ']' : isDump(bytes, p + 2, line.end);
    }

    private static boolean furniture(Line line) {
        byte[] bytes = line.bytes;
        int p = Ascii.skipSpaces(bytes, line.start, line.end);
        if (p == line.start || p + 1 >= line.end || bytes[p + 1] != ' ') {
            return false;
        }
        byte mark = bytes[p];
        // in an indented trace these are indented too, but a mark alone may be other text
        boolean indented = p > line.start + 1;
        if (mark == '>' && (!indented || isFrame(bytes, p + 2, line.end))) {
            line.kind = LineKind.FRAME;
        } else if ((mark == '|' || mark == '*') && (!indented || isDump(bytes, p + 2, line.end))) {
            line.kind = LineKind.DUMP;
        }
        return line.kind != LineKind.UNPARSED;
    }

    /** A path or a name, and at the end an address in brackets. */
    private static boolean isFrame(byte[] bytes, int from, int to) {
        int bracket = to > from && bytes[to - 1] == ']' ? Ascii.indexOf(bytes, from, to, ADDRESS) : -1;
        return bracket > from;
    }

    /** The digits of an offset, or the byte count and the buffer. */
    private static boolean isDump(byte[] bytes, int from, int to) {
        int digits = from;
        while (digits < to && Ascii.isHexDigit(bytes[digits])) {
            digits++;
        }
        return (digits - from >= OFFSET_DIGITS && Ascii.startsWith(bytes, digits, to, COLUMNS))
                || (digits > from && Ascii.startsWith(bytes, digits, to, BUFFER));
    }

    /** The rest of a cut call that begins between two arguments or after them. */
    private static boolean continuation(Line line) {
        byte[] bytes = line.bytes;
        int from = line.start;
        int to = line.end;
        byte first = bytes[from];
        boolean found = false;
        if (first == ')' || (first == ',' && from + 1 < to && bytes[from + 1] == ' ')) {
            found = CallParser.rest(line) || line.last;
        } else if (first == ' ' && Ascii.startsWith(bytes, from, to, EQUALS)) {
            // the parenthesis itself was on the line before
            line.argumentsEnd = from;
            found = ResultParser.parse(line, from + EQUALS.length);
        } else if (first == ' '
                && (Ascii.startsWith(bytes, from, to, ARROW) || Ascii.startsWith(bytes, from, to, NOTE))) {
            found = CallParser.rest(line);
        }
        if (found) {
            line.kind = LineKind.CONTINUATION;
        }
        return found;
    }

    private static void body(Line line) {
        byte[] bytes = line.bytes;
        int p = line.bodyStart;
        if (p >= line.end) {
            line.kind = line.tid != 0 ? LineKind.BLANK : LineKind.UNPARSED;
            return;
        }
        byte first = bytes[p];
        if (Ascii.isNamePart(first) || first == '?') {
            CallParser.call(line);
        } else if (first == '<') {
            CallParser.resumed(line);
        } else {
            EventParser.parse(line);
        }
    }

    /** Parses text that occurs only in a stream that others write to as well, such as standard error. */
    private static void ofSharedStream(Line line, boolean open) {
        if (open && CallParser.restOfArguments(line, true)) {
            line.kind = LineKind.CONTINUATION;
        } else if (MessageParser.find(line, line.start) >= 0) {
            line.kind = LineKind.MESSAGE;
            AttachedProgram.look(line);
            if (line.markerTid != 0) {
                EventParser.personality(line);
            }
        } else {
            behindOtherText(line);
            if (line.kind == LineKind.UNPARSED && CallParser.restOfArguments(line, false)) {
                line.kind = LineKind.CONTINUATION;
            }
        }
    }

    /** What looked like a tid is the first argument of the rest of a call: a number with a comment or an annotation. */
    private static void withoutColumns(Line line, boolean open) {
        int digits = Ascii.skipDigits(line.bytes, line.start, line.end);
        boolean isArgument =
                line.bytes[digits] == '<' || Ascii.startsWith(line.bytes, line.bodyStart, line.end, COMMENT);
        if (isArgument && CallParser.restOfArguments(line, open)) {
            line.tid = 0;
            line.kind = LineKind.CONTINUATION;
        }
    }

    private static void behindOtherText(Line line) {
        // the strings of a call's rest may hold anything, but the quotes of other text need not close
        boolean isRest = CallParser.restOfArguments(line, false);
        int tried = 0;
        int p = line.start;
        while (p < line.end && tried < BEGINNINGS_TRIED) {
            if (p > line.start && isBeginning(line.bytes, p, line.end)) {
                tried++;
                PrefixParser.parse(line, p);
                body(line);
                if (line.kind != LineKind.UNPARSED) {
                    line.behindText = true;
                    return;
                }
                p++;
            } else {
                p = isRest ? ArgumentScanner.skip(line.bytes, line.start, p, line.end) : p + 1;
            }
        }
        line.tid = 0;
    }

    private static boolean isBeginning(byte[] bytes, int p, int to) {
        byte b = bytes[p];
        if (b != '[' && b != '<' && b != '+' && b != '-') {
            return false;
        }
        for (byte[] beginning : BEGINNINGS) {
            if (Ascii.startsWith(bytes, p, to, beginning)) {
                return true;
            }
        }
        return false;
    }
}
