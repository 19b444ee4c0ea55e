package io.github.strait.audit;

import io.github.strait.trace.Ascii;
import io.github.strait.trace.ByteSearch;

/** Finds out whether a line of a text log names the kernel or its audit system as the one who logs. */
final class KernelTag {
    private static final byte[][] TAGS = {Ascii.word(" kernel:"), Ascii.word(" kernel -"), Ascii.word(" audit[")};
    /** Bytes of a line in which its tag begins. */
    private static final int LONGEST_HEAD = 320;
    /** What journalctl says itself begins so, as {@code -- Boot 6f3d --}. */
    private static final byte[] NOTE = Ascii.word("-- ");

    /** Where the last line had it: mostly the next one has it there as well. */
    private int last;

    /** Whether such a tag is there, or no text of a program. */
    boolean isIn(byte[] bytes, int from, int to) {
        if (from == to || isTag(bytes, from + last, to) || Ascii.startsWith(bytes, from, to, NOTE)) {
            return true;
        }
        int end = Math.min(to, from + LONGEST_HEAD);
        for (int p = ByteSearch.find(bytes, from, end, (byte) ' ');
                p < end;
                p = ByteSearch.find(bytes, p + 1, end, (byte) ' ')) {
            if (isTag(bytes, p, to)) {
                last = p - from;
                return true;
            }
        }
        return false;
    }

    private static boolean isTag(byte[] bytes, int at, int to) {
        for (byte[] tag : TAGS) {
            if (at < to && Ascii.startsWith(bytes, at, to, tag)) {
                return true;
            }
        }
        return false;
    }
}
