package io.github.strait.trace;

/** Reads the bodies that are no calls: signals, exits, personality markers, and strace's own messages. */
final class EventParser {
    private static final byte[] SIGNAL = Ascii.word("--- ");
    private static final byte[] SIGNAL_END = Ascii.word(" ---");
    private static final byte[] STOPPED = Ascii.word("--- stopped by ");
    private static final byte[] EXITED = Ascii.word("+++ exited with ");
    private static final byte[] KILLED = Ascii.word("+++ killed by ");
    private static final byte[] SUPERSEDED = Ascii.word("+++ superseded by execve in pid ");
    private static final byte[] PROCESS = Ascii.word("[ Process PID=");
    private static final byte[] RUNS_IN = Ascii.word(" runs in ");
    private static final byte[] MODE = Ascii.word(" mode. ]");
    private static final byte[] PROCESS_WORD = Ascii.word("Process ");
    private static final byte[] ATTACHED = Ascii.word(" attached");
    private static final byte[][] MESSAGES = {
        ATTACHED,
        Ascii.word(" detached"),
        Ascii.word(" threads"),
        Ascii.word(" ignored"),
        Ascii.word(" seen"),
        Ascii.word("trying to recover..."),
        Ascii.word("Operation not permitted"),
        Ascii.word("No such process"),
        Ascii.word("detaching tracees"),
        Ascii.word(" resolved into "),
        Ascii.word(" is not supported"),
        Ascii.word("interrupt to quit")
    };
    private static final byte[] STRACE = Ascii.word("strace");
    private static final byte[] COLON = Ascii.word(": ");

    /** Whether the body is an event; fills it in. */
    boolean parse(Line line) {
        byte first = line.bytes[line.bodyStart];
        if (first == '-') {
            return signal(line);
        }
        if (first == '+') {
            return exit(line);
        }
        return personality(line, line.bodyStart);
    }

    private static boolean signal(Line line) {
        int p = line.bodyStart;
        if (!Ascii.startsWith(line.bytes, p, line.end, SIGNAL)
                || !Ascii.endsWith(line.bytes, p + SIGNAL.length, line.end, SIGNAL_END)) {
            return false;
        }
        boolean stopped = Ascii.startsWith(line.bytes, p, line.end, STOPPED);
        word(line, p + (stopped ? STOPPED.length : SIGNAL.length));
        line.kind = LineKind.SIGNAL;
        return true;
    }

    private static boolean exit(Line line) {
        byte[] bytes = line.bytes;
        int p = line.bodyStart;
        if (Ascii.startsWith(bytes, p, line.end, EXITED)) {
            int first = p + EXITED.length;
            line.value = Ascii.decimal(bytes, first, Ascii.skipDigits(bytes, first, line.end));
            line.kind = LineKind.EXIT;
            return line.value >= 0;
        }
        if (Ascii.startsWith(bytes, p, line.end, KILLED)) {
            word(line, p + KILLED.length);
            line.kind = LineKind.EXIT;
            return true;
        }
        if (Ascii.startsWith(bytes, p, line.end, SUPERSEDED)) {
            int first = p + SUPERSEDED.length;
            line.otherTid = (int) Ascii.decimal(bytes, first, Ascii.skipDigits(bytes, first, line.end));
            line.kind = LineKind.SUPERSEDED;
            return true;
        }
        return false;
    }

    private static boolean personality(Line line, int from) {
        byte[] bytes = line.bytes;
        if (!Ascii.startsWith(bytes, from, line.end, PROCESS)) {
            return false;
        }
        int first = from + PROCESS.length;
        int digits = Ascii.skipDigits(bytes, first, line.end);
        int mode = digits + RUNS_IN.length;
        if (!Ascii.startsWith(bytes, digits, line.end, RUNS_IN) || !Ascii.endsWith(bytes, mode, line.end, MODE)) {
            return false;
        }
        line.otherTid = (int) Ascii.decimal(bytes, first, digits);
        line.nameStart = mode;
        line.nameEnd = line.end - MODE.length;
        line.kind = LineKind.PERSONALITY;
        return true;
    }

    private static void word(Line line, int from) {
        int p = from;
        while (p < line.end && Ascii.isNamePart(line.bytes[p])) {
            p++;
        }
        line.nameStart = from;
        line.nameEnd = p;
    }

    /**
     * Whether an unprefixed line is one of strace's own sentences. They begin with the name under which strace was
     * started and a colon; a personality marker may follow that too (before strace 5.6).
     */
    boolean message(Line line) {
        if (line.tid != 0) {
            return false;
        }
        line.attachedTid = attached(line);
        if (line.attachedTid != 0) {
            return true;
        }
        int colon = Ascii.indexOf(line.bytes, line.start, line.end, COLON);
        if (colon < 0 || Ascii.indexOf(line.bytes, line.start, colon, STRACE) < 0) {
            return false;
        }
        if (personality(line, colon + COLON.length)) {
            return false;
        }
        for (byte[] word : MESSAGES) {
            if (Ascii.indexOf(line.bytes, colon, line.end, word) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** The tid in {@code Process N attached} at the end of the line, or 0. */
    static int attached(Line line) {
        byte[] bytes = line.bytes;
        if (!Ascii.endsWith(bytes, line.start, line.end, ATTACHED)) {
            return 0;
        }
        int digitsEnd = line.end - ATTACHED.length;
        int digits = digitsEnd;
        while (digits > line.start && Ascii.isDigit(bytes[digits - 1])) {
            digits--;
        }
        boolean isMessage = Ascii.endsWith(bytes, line.start, digits, PROCESS_WORD);
        return isMessage ? (int) Math.max(0, Ascii.decimal(bytes, digits, digitsEnd)) : 0;
    }
}
