package io.github.strait.trace;

/** Reads the bodies that are calls or halves of calls: the name, where the arguments end, and how the line ends. */
final class CallParser {
    private static final byte[] RESUMED_START = Ascii.word("<... ");
    private static final byte[] RESUMED_END = Ascii.word(" resumed>");
    /** The prefix that strace 4.8 to 4.22 writes before a call that x32 makes by its 64-bit number. */
    private static final byte[] WIDE = Ascii.word("64:");

    private static final byte[] UNFINISHED = Ascii.word(" <unfinished ...>");
    private static final byte[] PID_CHANGED = Ascii.word(" <pid changed to ");
    private static final byte[][] ABANDONED = {
        Ascii.word(" <detached ...>"), Ascii.word(" <unfinished ... exit status "),
    };
    /**
     * The task was gone when strace wanted to let it go on ({@code ptrace_restart()}); since 4.7 its end is still told, and
     * the second half before it. The first of them is that of 5.0 and later, the other that of 4.26 and earlier.
     */
    private static final byte[][] NOT_RESTARTED = {Ascii.word(" <Cannot restart pid "), Ascii.word(" <ptrace(")};

    /** Room for a name, or a word of the same kind, of up to this length. */
    private static final int LONGEST_NAME = 80;

    private CallParser() {}

    /** Whether the body is a call, or the first half of one; fills it in. */
    static boolean call(Line line) {
        int open = nameEnd(line.bytes, line.bodyStart, line.end);
        if (open < 0 || open >= line.end || line.bytes[open] != '(') {
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

    /** The end of a name ({@code NAME}, {@code NAME#64}, {@code n32:NAME}, {@code 64:NAME}, {@code ???}), or -1. */
    private static int nameEnd(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to && (Ascii.isNamePart(bytes[p]) || bytes[p] == '?' || bytes[p] == '#' || bytes[p] == ':')) {
            p++;
        }
        if (p == from || p - from > LONGEST_NAME) {
            return -1;
        }
        if (Ascii.isDigit(bytes[from])) {
            int name = from + WIDE.length;
            boolean qualified = name < p && Ascii.startsWith(bytes, from, p, WIDE) && Ascii.isNameStart(bytes[name]);
            return qualified ? p : -1;
        }
        return p;
    }

    /** Whether the body is the second half of a call; fills it in. */
    static boolean resumed(Line line) {
        byte[] bytes = line.bytes;
        if (!Ascii.startsWith(bytes, line.bodyStart, line.end, RESUMED_START)) {
            return false;
        }
        int nameStart = line.bodyStart + RESUMED_START.length;
        int nameEnd = nameEnd(bytes, nameStart, line.end);
        if (nameEnd < 0 || !Ascii.startsWith(bytes, nameEnd, line.end, RESUMED_END)) {
            return false;
        }
        line.nameStart = nameStart;
        line.nameEnd = nameEnd;
        line.argumentsStart = nameEnd + RESUMED_END.length;
        if (!ending(line)) {
            return false;
        }
        line.kind = LineKind.RESUMED;
        return true;
    }

    /** Fills in how the call ends; false when the line cannot be a call after all. */
    private static boolean ending(Line line) {
        if (isCertain(line) || cutByMessage(line) || CallOutput.parse(line)) {
            return true;
        }
        int close = line.argumentsEnd;
        if (close < line.end && line.bytes[close] == ')') {
            return !ResultParser.isOfAnotherCall(line.bytes, close + 1, line.end) && endsOddly(line, close);
        }
        if (!ResultParser.parseLast(line)) {
            line.ending = Ending.CUT;
            line.missing = Missing.ARGUMENTS;
            line.argumentsEnd = line.end;
        }
        return true;
    }

    /** Whether what follows the closing parenthesis is not a result as strace prints it, yet leaves the line a call. */
    private static boolean endsOddly(Line line, int close) {
        if (isResultTwice(line, close) && ResultParser.parseLast(line)) {
            return true;
        }
        line.argumentsEnd = close;
        line.ending = Ending.CUT;
        boolean isCall = ResultParser.parseRemarked(line, close);
        if (line.isBracketed() && line.missing == Missing.NONE) {
            // only strace began the line, but what looks like the end of the arguments may be another writer's text
            line.ending = Ending.CUT;
            return true;
        }
        return isCall;
    }

    /** Whether what follows looks like a result but is not one: the call may have written it, and its own follows. */
    private static boolean isResultTwice(Line line, int close) {
        int equals = Ascii.skipSpaces(line.bytes, close + 1, line.end);
        return equals > close + 1 && equals < line.end && line.bytes[equals] == '=';
    }

    /** Whether the line is the rest of a cut call, which begins between two arguments or after them. */
    static boolean rest(Line line) {
        line.argumentsStart = line.start;
        return isCertain(line) || cutByMessage(line);
    }

    /**
     * Whether the line is the rest of a call, from anywhere in its arguments: brackets close, and a result follows. So
     * begin, too, the lines of strace 5.2 to 6.1 under {@code -z} that continue an unfinished call.
     */
    static boolean restOfArguments(Line line, boolean open) {
        line.argumentsStart = line.start;
        return isCertain(line) && (open || line.ending.isFinal());
    }

    /** Whether the line ends as strace ends lines: with a result or a note. Sets the arguments' end in any case. */
    private static boolean isCertain(Line line) {
        byte[] bytes = line.bytes;
        int from = line.argumentsStart;
        boolean unfinished = Ascii.endsWith(bytes, from, line.end, UNFINISHED);
        int to = unfinished ? line.end - UNFINISHED.length : line.end;
        int close = ArgumentScanner.close(bytes, from, to);
        if (close >= 0 && ResultParser.parseAfter(line, close)) {
            // a call that was killed while strace still waited for its arguments
            boolean owed = Ascii.endsWith(bytes, from, close, UNFINISHED);
            line.argumentsEnd = owed ? close - UNFINISHED.length : close;
            return true;
        }
        line.argumentsEnd = close >= 0 ? close : to;
        if (unfinished) {
            line.argumentsEnd = to;
            line.ending = Ending.UNFINISHED;
        }
        return unfinished || note(line);
    }

    /** A note in the place of the result that says that none will follow, or none but an unknown one. */
    private static boolean note(Line line) {
        byte[] bytes = line.bytes;
        int from = line.argumentsStart;
        int to = line.end;
        if (to == from || bytes[to - 1] != '>') {
            return false;
        }
        if (note(line, ABANDONED, Ending.ABANDONED) || note(line, NOT_RESTARTED, Ending.UNFINISHED)) {
            return true;
        }
        int at = Ascii.lastIndexOf(bytes, from, to, PID_CHANGED);
        if (at >= 0) {
            int digits = at + PID_CHANGED.length;
            line.otherTid = Ascii.tid(bytes, digits, Ascii.skipDigits(bytes, digits, to));
            line.argumentsEnd = Math.min(line.argumentsEnd, at);
            line.ending = Ending.PID_CHANGED;
        }
        return at >= 0 && line.otherTid > 0;
    }

    private static boolean note(Line line, byte[][] words, Ending ending) {
        for (byte[] word : words) {
            int at = Ascii.lastIndexOf(line.bytes, line.argumentsStart, line.end, word);
            if (at >= 0) {
                line.argumentsEnd = Math.min(line.argumentsEnd, at);
                line.ending = ending;
                return true;
            }
        }
        return false;
    }

    /** On a shared stream a message of strace's may stand where the rest of the line should be. */
    private static boolean cutByMessage(Line line) {
        int message = MessageParser.find(line, line.argumentsStart);
        if (message >= 0) {
            line.argumentsEnd = message;
            line.ending = Ending.CUT;
        }
        return message >= 0;
    }
}
