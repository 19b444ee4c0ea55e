package io.github.strait.trace;

import java.nio.charset.StandardCharsets;

/**
 * The line by which {@code strait record --attach} names the program of a task that runs already: its execve is not in
 * the trace. It reads {@code strace: pid 4711: attached by strait, program "/usr/sbin/nginx"}, with the path as strace
 * quotes strings; other readers see one of strace's messages. It counts only as a whole line: when strace writes to its
 * own file, the traced program cannot write one.
 */
public final class AttachedProgram {
    private static final String FIRST = "strace: pid ";
    private static final String SECOND = ": attached by strait, program ";
    private static final byte[] HEAD = Ascii.word(FIRST);
    private static final byte[] MIDDLE = Ascii.word(SECOND);

    private AttachedProgram() {}

    /** The line for a task, without its end. */
    public static String line(long tid, String program) {
        StringBuilder line = new StringBuilder(FIRST).append(tid).append(SECOND).append('"');
        for (byte b : program.getBytes(StandardCharsets.UTF_8)) {
            if (b >= ' ' && b <= '~' && b != '"' && b != '\\') {
                line.append((char) b);
            } else {
                int octal = b & 0xff;
                line.append('\\').append(octal >> 6).append(octal >> 3 & 7).append(octal & 7);
            }
        }
        return line.append('"').toString();
    }

    /** Fills in the tid and the path if the line is one of these. */
    static void look(Line line) {
        byte[] bytes = line.bytes;
        int digits = line.start + HEAD.length;
        if (!Ascii.startsWith(bytes, line.start, line.end, HEAD)) {
            return;
        }
        int digitsEnd = Ascii.skipDigits(bytes, digits, line.end);
        int path = digitsEnd + MIDDLE.length;
        boolean isWhole = digitsEnd > digits
                && Ascii.startsWith(bytes, digitsEnd, line.end, MIDDLE)
                && path + 1 < line.end
                && bytes[path] == '"'
                && bytes[line.end - 1] == '"';
        if (isWhole) {
            line.otherTid = Ascii.tid(bytes, digits, digitsEnd);
            line.argumentsStart = path;
            line.argumentsEnd = line.end;
        }
    }
}
