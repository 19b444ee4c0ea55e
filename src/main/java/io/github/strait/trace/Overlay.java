package io.github.strait.trace;

import java.util.Arrays;

/** What lies over the text of a line and is none of it: colours (strace 7.0), and NULs where a file had a hole. */
final class Overlay {
    private static final byte ESCAPE = 0x1b;

    private Overlay() {}

    static boolean isOn(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == ESCAPE || bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** A copy without NULs and {@code ESC [ digits ; ... m}; strace never prints either byte of the tracee's. */
    static byte[] without(byte[] bytes, int from, int to) {
        byte[] plain = new byte[to - from];
        int length = 0;
        int p = from;
        while (p < to) {
            int next = colourEnd(bytes, p, to);
            if (next == p && bytes[p] != 0) {
                plain[length++] = bytes[p];
            }
            p = Math.max(next, p + 1);
        }
        return Arrays.copyOf(plain, length);
    }

    private static int colourEnd(byte[] bytes, int from, int to) {
        if (bytes[from] != ESCAPE || from + 1 >= to || bytes[from + 1] != '[') {
            return from;
        }
        int p = from + 2;
        while (p < to && (Ascii.isDigit(bytes[p]) || bytes[p] == ';')) {
            p++;
        }
        return p < to && bytes[p] == 'm' ? p + 1 : from;
    }
}
