package io.github.strait.follow;

import io.github.strait.trace.Ascii;
import io.github.strait.trace.Line;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

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
    private static final byte[] FIELD = word("flags=0x");

    /** Longer than the flags of any call; they are printed first or second. */
    private static final int WINDOW = 1 << 10;

    private CloneFlags() {}

    private static byte[] word(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The flags of a call that begins on this line, by name or as strace prints them raw; 0 for {@code fork}. */
    static int of(Line line) {
        byte[] bytes = line.bytes();
        int from = line.nameEnd();
        int to = Math.min(line.end(), from + WINDOW);
        int flags = 0;
        for (int i = 0; i < FLAGS.length; i++) {
            if (Ascii.indexOf(bytes, from, to, NAMES[i]) >= 0) {
                flags |= FLAGS[i];
            }
        }
        if (flags != 0) {
            return flags;
        }
        int field = Ascii.indexOf(bytes, from, to, FIELD);
        OptionalLong raw = field < 0 ? line.arguments().hexadecimal(0) : hexadecimal(bytes, field + FIELD.length, to);
        return line.name().equals("clone") || field >= 0
                ? (int) raw.orElse(0) & (THREAD | UNTRACED | NEW_PID_NAMESPACE)
                : 0;
    }

    private static OptionalLong hexadecimal(byte[] bytes, int from, int to) {
        long value = 0;
        for (int p = from; p < to; p++) {
            int digit = Character.digit(bytes[p], 16);
            if (digit < 0) {
                break;
            }
            value = value << 4 | digit;
        }
        return OptionalLong.of(value);
    }
}
