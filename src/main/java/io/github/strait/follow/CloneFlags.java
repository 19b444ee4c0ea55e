package io.github.strait.follow;

import io.github.strait.trace.Ascii;
import io.github.strait.trace.ByteSearch;
import java.nio.charset.StandardCharsets;

/** Those flags of {@code clone} and {@code clone3} that decide whether strace sees the child, and as what. */
final class CloneFlags {
    /** {@code CLONE_THREAD}: the child is a thread of the caller's process. */
    static final int THREAD = 0x0001_0000;

    /** {@code CLONE_UNTRACED}: strace is not told of the child. */
    static final int UNTRACED = 0x0080_0000;

    /** {@code CLONE_NEWPID}: the child and its children know themselves by other tids. */
    static final int NEW_PID_NAMESPACE = 0x2000_0000;

    private static final int[] FLAGS = {THREAD, UNTRACED, NEW_PID_NAMESPACE};
    private static final byte[][] NAMES = {word("CLONE_THREAD"), word("CLONE_UNTRACED"), word("CLONE_NEWPID")};
    /** The place of the letter in which the names differ. */
    private static final int TELLING = "CLONE_".length();

    private static final byte[] FIELD = word("flags=0x");
    private static final byte[] CLONE = word("clone");
    private static final byte[] RAW = word("(0x");

    /** Longer than the flags of any call; they are printed first or second. */
    private static final int WINDOW = 1 << 10;

    private CloneFlags() {}

    private static byte[] word(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The flags of a call that begins on a line, by name or as strace prints them raw; 0 for {@code fork}.
     *
     * @param start the place where its name begins, or one before that
     * @param nameEnd the place after its name
     * @param end the place after the line
     */
    static int of(byte[] bytes, int start, int nameEnd, int end) {
        int to = Math.min(end, nameEnd + WINDOW);
        int flags = 0;
        int field = to;
        int p = ByteSearch.findEither(bytes, nameEnd, to, (byte) 'C', (byte) 'f');
        while (p < to) {
            if (bytes[p] == 'C') {
                flags |= flag(bytes, p, to);
            } else if (field == to && Ascii.startsWith(bytes, p, to, FIELD)) {
                field = p + FIELD.length;
            }
            p = ByteSearch.findEither(bytes, p + 1, to, (byte) 'C', (byte) 'f');
        }
        if (flags != 0) {
            return flags;
        }
        long raw = 0;
        if (field < to) {
            raw = hexadecimal(bytes, field, to);
        } else if (Ascii.endsWith(bytes, start, nameEnd, CLONE) && Ascii.startsWith(bytes, nameEnd, to, RAW)) {
            raw = hexadecimal(bytes, nameEnd + RAW.length, to);
        }
        return (int) raw & (THREAD | UNTRACED | NEW_PID_NAMESPACE);
    }

    /** The flag whose name stands here; 0 for any other text. */
    private static int flag(byte[] bytes, int from, int to) {
        for (int i = 0; i < FLAGS.length; i++) {
            if (from + TELLING < to
                    && bytes[from + TELLING] == NAMES[i][TELLING]
                    && Ascii.startsWith(bytes, from, to, NAMES[i])) {
                return FLAGS[i];
            }
        }
        return 0;
    }

    private static long hexadecimal(byte[] bytes, int from, int to) {
        long value = 0;
        for (int p = from; p < to; p++) {
            int digit = Character.digit(bytes[p], 16);
            if (digit < 0) {
                break;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
