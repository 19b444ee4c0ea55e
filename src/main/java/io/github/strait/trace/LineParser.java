package io.github.strait.trace;

/** Decides what a line is and fills in the fields of its kind. The only state it keeps is being inside a table. */
final class LineParser {
    private static final byte[] RESUMED_START = Ascii.word("<... ");
    private static final byte[] RESUMED_END = Ascii.word(" resumed>");
    private static final byte[] UNFINISHED = Ascii.word(" <unfinished ...>");
    private static final byte[] DETACHED = Ascii.word(" <detached ...>");
    private static final byte[] PID_CHANGED = Ascii.word(" <pid changed to ");
    private static final byte[][] ABANDONED = {DETACHED, Ascii.word(" <Cannot restart pid "), Ascii.word(" <ptrace(")};
    private static final byte[][] CONTINUATIONS = {
        Ascii.word(") "), Ascii.word(", "), Ascii.word(" = "), Ascii.word(" => "), UNFINISHED, DETACHED
    };

    /** A call whose line was cut in the middle of its arguments waits for the rest. */
    private boolean open;

    private final SummaryParser summary = new SummaryParser();
    private final EventParser events = new EventParser();

    void parse(Line line) {
        if (Ascii.skipSpaces(line.bytes, line.start, line.end) == line.end) {
            line.kind = LineKind.BLANK;
            return;
        }
        if (summary.parse(line)) {
            line.kind = LineKind.SUMMARY;
            return;
        }
        if (furniture(line) || continuation(line)) {
            return;
        }
        PrefixParser.parse(line);
        body(line);
        if (line.kind == LineKind.UNPARSED && open && line.tid == 0) {
            restOfArguments(line);
        }
        boolean call = line.kind == LineKind.CALL || line.kind == LineKind.RESUMED;
        boolean between = line.kind == LineKind.MESSAGE || line.kind == LineKind.UNPARSED;
        open = call ? line.ending == Ending.CUT : open && between;
    }

    /** The rest of a cut call may begin anywhere in its arguments; it is one if brackets and a result follow. */
    private static void restOfArguments(Line line) {
        int close = ArgumentScanner.close(line.bytes, line.start, line.end);
        line.argumentsStart = line.start;
        if (close >= 0 && ResultParser.parseAfter(line, close)) {
            line.argumentsEnd = close;
            line.kind = LineKind.CONTINUATION;
        }
    }

    private static boolean furniture(Line line) {
        byte[] bytes = line.bytes;
        if (line.end - line.start < 3 || bytes[line.start] != ' ' || bytes[line.start + 2] != ' ') {
            return false;
        }
        byte mark = bytes[line.start + 1];
        if (mark == '>') {
            line.kind = LineKind.FRAME;
        } else if (mark == '|' || mark == '*') {
            line.kind = LineKind.DUMP;
        }
        return line.kind != LineKind.UNPARSED;
    }

    private boolean continuation(Line line) {
        for (byte[] start : CONTINUATIONS) {
            if (Ascii.startsWith(line.bytes, line.start, line.end, start)) {
                line.kind = LineKind.CONTINUATION;
                line.argumentsStart = line.start;
                open = false;
                if (start == CONTINUATIONS[2]) {
                    // the parenthesis itself was on the line before
                    ResultParser.parseLast(line);
                } else {
                    ending(line);
                }
                return true;
            }
        }
        return false;
    }

    private void body(Line line) {
        byte[] bytes = line.bytes;
        int p = line.bodyStart;
        if (p >= line.end) {
            line.kind = line.tid != 0 ? LineKind.BLANK : LineKind.UNPARSED;
            return;
        }
        byte first = bytes[p];
        if (Ascii.isNameStart(first) || first == '?') {
            if (!call(line) && events.message(line)) {
                line.kind = LineKind.MESSAGE;
            }
        } else if (first == '<' && Ascii.startsWith(bytes, p, line.end, RESUMED_START)) {
            resumed(line);
        } else if (!events.parse(line) && events.message(line)) {
            line.kind = LineKind.MESSAGE;
        }
    }

    private static boolean call(Line line) {
        int open = nameEnd(line, line.bodyStart);
        if (open < 0) {
            return false;
        }
        line.nameStart = line.bodyStart;
        line.nameEnd = open;
        line.argumentsStart = open + 1;
        if (!ending(line)) {
            return false;
        }
        line.kind = LineKind.CALL;
        return true;
    }

    /** The place of the parenthesis after a name ({@code NAME}, {@code NAME#64}, {@code n32:NAME}, {@code ???}), or -1. */
    private static int nameEnd(Line line, int from) {
        byte[] bytes = line.bytes;
        int to = line.end;
        int p = from;
        while (p < to && (Ascii.isNamePart(bytes[p]) || bytes[p] == '?' || bytes[p] == '#' || bytes[p] == ':')) {
            p++;
        }
        return p < to && p > from && bytes[p] == '(' ? p : -1;
    }

    private static void resumed(Line line) {
        int nameStart = line.bodyStart + RESUMED_START.length;
        int nameEnd = Ascii.indexOf(line.bytes, nameStart, Math.min(line.end, nameStart + 80), RESUMED_END);
        if (nameEnd < 0) {
            return;
        }
        line.nameStart = nameStart;
        line.nameEnd = nameEnd;
        line.argumentsStart = nameEnd + RESUMED_END.length;
        if (ending(line)) {
            line.kind = LineKind.RESUMED;
        }
    }

    /** Fills in how the call ends; false when the line cannot be a call after all. */
    private static boolean ending(Line line) {
        byte[] bytes = line.bytes;
        int to = line.end;
        if (Ascii.endsWith(bytes, line.argumentsStart, to, UNFINISHED)) {
            line.argumentsEnd = to - UNFINISHED.length;
            line.ending = Ending.UNFINISHED;
            return true;
        }
        int close = ArgumentScanner.close(bytes, line.argumentsStart, to);
        if (close >= 0) {
            line.argumentsEnd = close;
            return ResultParser.parseAfter(line, close) || note(line, close + 1) || isCutBehind(line, close);
        }
        if (note(line, line.argumentsStart) || ResultParser.parseLast(line)) {
            return true;
        }
        line.attachedTid = EventParser.attached(line);
        line.ending = Ending.CUT;
        line.argumentsEnd = to;
        return true;
    }

    /** The last line of a trace, or one that was too long, may end right behind the arguments. */
    private static boolean isCutBehind(Line line, int close) {
        int rest = Ascii.skipSpaces(line.bytes, close + 1, line.end);
        boolean nothingMore = rest == line.end || (rest == line.end - 1 && line.bytes[rest] == '=');
        line.ending = Ending.CUT;
        return nothingMore && (line.last || line.cutAtLimit);
    }

    /** A note in the place of the result that says that none will follow. */
    private static boolean note(Line line, int from) {
        for (byte[] word : ABANDONED) {
            int at = Ascii.lastIndexOf(line.bytes, from, line.end, word);
            if (at >= 0 && line.bytes[line.end - 1] == '>') {
                line.argumentsEnd = Math.min(line.argumentsEnd, at);
                line.ending = Ending.ABANDONED;
                return true;
            }
        }
        int at = Ascii.lastIndexOf(line.bytes, from, line.end, PID_CHANGED);
        if (at >= 0) {
            int digits = at + PID_CHANGED.length;
            line.otherTid = (int) Ascii.decimal(line.bytes, digits, Ascii.skipDigits(line.bytes, digits, line.end));
            line.argumentsEnd = Math.min(line.argumentsEnd, at);
            line.ending = Ending.PID_CHANGED;
        }
        return at >= 0 && line.otherTid > 0;
    }
}
