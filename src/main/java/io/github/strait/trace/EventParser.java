package io.github.strait.trace;

/** Reads the bodies that are not calls: signals, exits and personality markers. */
final class EventParser {
    private static final byte[] SIGNAL = Ascii.word("--- ");
    private static final byte[] SIGNAL_END = Ascii.word(" ---");
    private static final byte[] STOPPED = Ascii.word("--- stopped by ");
    private static final byte[] SIGNAL_NUMBER = Ascii.word("{si_signo=");
    private static final byte[] EXITED = Ascii.word("+++ exited with ");
    private static final byte[] KILLED = Ascii.word("+++ killed by ");
    private static final byte[] SUPERSEDED = Ascii.word("+++ superseded by execve in pid ");
    private static final byte[] PLUSES = Ascii.word(" +++");

    private EventParser() {}

    /** Whether the body is an event; fills it in. */
    static boolean parse(Line line) {
        byte first = line.bytes[line.bodyStart];
        if (first == '-') {
            return signal(line);
        }
        if (first == '+') {
            return exit(line);
        }
        return first == '[' && MessageParser.marker(line, line.bodyStart) && personality(line);
    }

    private static boolean signal(Line line) {
        int p = line.bodyStart;
        if (!Ascii.startsWith(line.bytes, p, line.end, SIGNAL)
                || !Ascii.endsWith(line.bytes, p + SIGNAL.length, line.end, SIGNAL_END)) {
            return false;
        }
        boolean stopped = Ascii.startsWith(line.bytes, p, line.end, STOPPED);
        int word = p + (stopped ? STOPPED.length : SIGNAL.length);
        if (Ascii.startsWith(line.bytes, word, line.end, SIGNAL_NUMBER)) {
            // up to strace 4.6 the siginfo alone
            word += SIGNAL_NUMBER.length;
        }
        return word(line, word, LineKind.SIGNAL);
    }

    private static boolean exit(Line line) {
        byte[] bytes = line.bytes;
        int p = line.bodyStart;
        if (!Ascii.endsWith(bytes, p, line.end, PLUSES)) {
            return false;
        }
        int to = line.end - PLUSES.length;
        if (Ascii.startsWith(bytes, p, to, EXITED)) {
            line.value = Ascii.decimal(bytes, p + EXITED.length, to);
            return is(line, LineKind.EXIT, line.value >= 0);
        }
        if (Ascii.startsWith(bytes, p, to, KILLED)) {
            return word(line, p + KILLED.length, LineKind.EXIT);
        }
        if (Ascii.startsWith(bytes, p, to, SUPERSEDED)) {
            line.otherTid = Ascii.tid(bytes, p + SUPERSEDED.length, to);
            return is(line, LineKind.SUPERSEDED, line.otherTid > 0);
        }
        return false;
    }

    /** Makes a line of its own of the marker that was found. */
    static boolean personality(Line line) {
        line.otherTid = line.markerTid;
        line.nameStart = line.modeStart;
        line.nameEnd = line.modeEnd;
        line.kind = LineKind.PERSONALITY;
        return true;
    }

    private static boolean word(Line line, int from, LineKind kind) {
        int p = from;
        while (p < line.end && Ascii.isNamePart(line.bytes[p])) {
            p++;
        }
        line.nameStart = from;
        line.nameEnd = p;
        return is(line, kind, p > from);
    }

    private static boolean is(Line line, LineKind kind, boolean certain) {
        if (certain) {
            line.kind = kind;
        }
        return certain;
    }
}
