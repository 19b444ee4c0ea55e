package io.github.strait.trace;

/**
 * Finds strace's own sentences, alone on a line or glued to an open call. They follow the name that strace was started
 * under, and a colon. Before 4.11, and later in a shared stream, the commonest ones have nothing in front.
 */
final class MessageParser {
    /** In these {@code #} stands for a number and {@code *} for any text; they need no word in front. */
    private static final byte[][] COMMON = words(
            "Process # attached",
            "Process # attached with # threads",
            "Process # attached (waiting for parent)",
            "Process # attached - interrupt to quit",
            "Process # attached with # threads - interrupt to quit",
            "Process # detached",
            "Process # suspended",
            "Process # resumed",
            "Process # resumed (parent # ready)",
            "[ Process PID=# runs in * mode. ]");

    /** Other programs write these too, so they need the name of strace in front. */
    private static final byte[][] NAMED = words(
            "Detached unknown pid #",
            "Exit of unknown pid # ignored",
            "Exit of unknown pid # seen",
            "Stopped on signal # of unknown pid #",
            "Stray PTRACE_EVENT_EXEC from pid #, trying to recover...",
            "Requested path *",
            "System call limit has been reached, detaching tracees",
            "WARNING: Proper structure decoding for this personality is not supported*",
            "[wait(*) = #] *",
            "attach: ptrace(*",
            "detach: *",
            "ptrace(*",
            "Failed to tamper with process #*",
            "pid #: *",
            "umovestr: *",
            "Can't *",
            "Cannot *",
            "exec: *",
            "syscall_*) in unsupported *-bit mode of process PID=#",
            "-*has no effect*",
            "*Operation not permitted",
            "*No such process");

    private static final byte[] PROCESS = Ascii.word("Process ");
    private static final byte[] MARKER = Ascii.word("[ Process PID=");
    private static final byte[] RUNS_IN = Ascii.word(" runs in ");
    private static final byte[] MODE = Ascii.word(" mode. ]");
    private static final byte[] ATTACHED = Ascii.word(" attached");
    private static final byte[] STRACE = Ascii.word("strace");
    private static final byte[] TRUNCATED = Ascii.word("...");

    /** No message is longer, so a long line is searched only near its end. */
    private static final int WINDOW = 1 << 12;

    private MessageParser() {}

    private static byte[][] words(String... texts) {
        byte[][] words = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            words[i] = Ascii.word(texts[i]);
        }
        return words;
    }

    /**
     * The place where the message that ends the line begins, strace's name included, or -1 when none does. Fills in the
     * tid that was attached, or the personality marker.
     */
    static int find(Line line, int from) {
        byte[] bytes = line.bytes;
        int to = line.end;
        for (int p = Math.max(from, to - WINDOW); p < to; p++) {
            boolean named = p - from >= 2 && bytes[p - 1] == ' ' && bytes[p - 2] == ':';
            byte b = bytes[p];
            if ((b == 'P' || b == '[') && isAny(COMMON, bytes, p, to)) {
                details(line, p);
                return named ? nameStart(bytes, from, p - 2) : p;
            }
            if (named) {
                int start = nameStart(bytes, from, p - 2);
                if (Ascii.indexOf(bytes, start, p, STRACE) >= 0 && isAny(NAMED, bytes, p, to)) {
                    return start;
                }
            }
        }
        return -1;
    }

    private static boolean isAny(byte[][] patterns, byte[] bytes, int from, int to) {
        for (byte[] pattern : patterns) {
            if (matches(pattern, bytes, from, to)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the pattern describes the whole range. */
    private static boolean matches(byte[] pattern, byte[] bytes, int from, int to) {
        int star = -1;
        int retry = from;
        int i = 0;
        int p = from;
        while (p < to || i < pattern.length) {
            byte expected = i < pattern.length ? pattern[i] : 0;
            if (expected == '*') {
                star = i++;
                retry = p;
            } else if (expected == '#' && p < to && Ascii.isDigit(bytes[p])) {
                p = Ascii.skipDigits(bytes, p, to);
                i++;
            } else if (p < to && i < pattern.length && bytes[p] == expected) {
                p++;
                i++;
            } else if (star >= 0 && retry < to) {
                p = ++retry;
                i = star + 1;
            } else {
                return false;
            }
        }
        return true;
    }

    /** The first byte of the path or word before a colon; a path glued to a word is told by its slash. */
    private static int nameStart(byte[] bytes, int from, int colon) {
        int word = colon;
        while (word > from && isPathPart(bytes[word - 1])) {
            word--;
        }
        if (word > from && bytes[word - 1] == '*' && bytes[word] == '/') {
            // the end of a comment
            word++;
        }
        for (int p = word; p < colon; p++) {
            if (bytes[p] == '/') {
                int first = p;
                while (first > word && bytes[first - 1] == '.') {
                    first--;
                }
                // after the dots of a truncated string
                return p - first >= TRUNCATED.length ? first + TRUNCATED.length : first;
            }
        }
        int name = Ascii.lastIndexOf(bytes, word, colon, STRACE);
        return name < 0 ? word : name;
    }

    private static boolean isPathPart(byte b) {
        return Ascii.isNamePart(b) || b == '/' || b == '.' || b == '-' || b == '+';
    }

    private static void details(Line line, int from) {
        byte[] bytes = line.bytes;
        if (bytes[from] == '[') {
            marker(line, from);
            return;
        }
        int digits = from + PROCESS.length;
        int digitsEnd = Ascii.skipDigits(bytes, digits, line.end);
        if (digitsEnd + ATTACHED.length == line.end && Ascii.endsWith(bytes, digitsEnd, line.end, ATTACHED)) {
            line.attachedTid = Ascii.tid(bytes, digits, digitsEnd);
        }
    }

    /** Whether a personality marker stands at this place and ends the line; fills it in. */
    static boolean marker(Line line, int from) {
        byte[] bytes = line.bytes;
        if (!Ascii.startsWith(bytes, from, line.end, MARKER)) {
            return false;
        }
        int first = from + MARKER.length;
        int digits = Ascii.skipDigits(bytes, first, line.end);
        int mode = digits + RUNS_IN.length;
        if (!Ascii.startsWith(bytes, digits, line.end, RUNS_IN) || !Ascii.endsWith(bytes, mode, line.end, MODE)) {
            return false;
        }
        int tid = Ascii.tid(bytes, first, digits);
        int modeEnd = line.end - MODE.length;
        if (tid == 0 || modeEnd == mode) {
            // of no task, or of no mode: forged
            return false;
        }
        line.markerTid = tid;
        line.modeStart = mode;
        line.modeEnd = modeEnd;
        return true;
    }
}
