package io.github.strait.trace.scan;

import io.github.strait.trace.Ascii;
import io.github.strait.trace.Line;

/** Recognises the end of a task that was not killed, and the signal that tells its parent of it, as they mostly are. */
final class EventScanner {
    private static final byte[] EXITED = Ascii.word("+++ exited with ");
    private static final byte[] EXIT_END = Ascii.word(" +++");
    private static final byte[] CHILD_SIGNAL = Ascii.word("--- SIGCHLD {");
    private static final byte[] SIGNAL_END = Ascii.word("} ---");
    private static final int STATUS_DIGITS = 3;

    private EventScanner() {}

    static boolean isStart(byte b) {
        return b == '+' || b == '-';
    }

    /** The summary of the line whose body stands here, or {@link Line#UNSCANNED}. */
    static int scan(byte[] bytes, int from, int to) {
        if (Ascii.startsWith(bytes, from, to, EXITED)) {
            int digits = from + EXITED.length;
            int p = digits;
            while (Ascii.isDigit(bytes[p])) {
                p++;
            }
            boolean isStatus = p > digits && p - digits <= STATUS_DIGITS && p + EXIT_END.length == to;
            return isStatus && Ascii.startsWith(bytes, p, to, EXIT_END) ? ScanSummary.exit() : Line.UNSCANNED;
        }
        return Ascii.startsWith(bytes, from, to, CHILD_SIGNAL)
                        && Ascii.endsWith(bytes, from + CHILD_SIGNAL.length, to, SIGNAL_END)
                ? ScanSummary.childSignal()
                : Line.UNSCANNED;
    }
}
