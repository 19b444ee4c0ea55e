package io.github.strait.trace;

/** The escapes of strace's strings: {@code \n}, {@code \"}, {@code \0} to {@code \377}, {@code \x00} to {@code \xff}. */
final class Escapes {
    private Escapes() {}

    /** How many bytes the character at {@code p} takes: 1, or more when it is an escape. */
    static int length(byte[] bytes, int p, int to) {
        if (bytes[p] != '\\' || p + 1 >= to) {
            return 1;
        }
        int q = p + 1;
        if (bytes[q] == 'x') {
            q++;
            while (q < to && q < p + 4 && Ascii.isHexDigit(bytes[q])) {
                q++;
            }
            return q - p;
        }
        while (q < to && q < p + 4 && isOctal(bytes[q])) {
            q++;
        }
        return Math.max(2, q - p);
    }

    /** The byte that the character at {@code p} stands for. */
    static int value(byte[] bytes, int p, int to) {
        int length = length(bytes, p, to);
        if (length == 1) {
            return bytes[p] & 0xff;
        }
        byte kind = bytes[p + 1];
        boolean hexadecimal = kind == 'x';
        if (!hexadecimal && !isOctal(kind)) {
            int named = "nrtvf".indexOf(kind);
            return named < 0 ? kind & 0xff : "\n\r\t\u000b\f".charAt(named);
        }
        int value = 0;
        for (int q = hexadecimal ? p + 2 : p + 1; q < p + length; q++) {
            value = value * (hexadecimal ? 16 : 8) + Character.digit(bytes[q], 16);
        }
        return value & 0xff;
    }

    private static boolean isOctal(byte b) {
        return b >= '0' && b <= '7';
    }
}
