package io.github.strait.trace.scan;

import io.github.strait.trace.Ascii;
import io.github.strait.trace.Block;
import io.github.strait.trace.ByteSearch;
import java.util.Arrays;

/**
 * Recognises stack frames and lines of dumps, as many as stand one after the other. What followed a frame up to the end
 * of its stack usually follows it again in the same block: to compare that text takes a tenth of the time that looking for
 * the ends of its lines takes. For one thread.
 */
final class FurnitureScanner {
    private static final int THREE_BYTES = 0xff_ffff;
    private static final int FRAME = ' ' | '>' << 8 | ' ' << 16;
    private static final int DUMP = ' ' | '|' << 8 | ' ' << 16;
    private static final int OFFSET_DIGITS = 5;
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int SLOTS = 1 << Byte.SIZE;
    /** Frames of one stack that are remembered; the others are of no use while the first of these are. */
    private static final int REMEMBERED = 8;

    private byte[] bytes = new byte[0];
    private int length;

    /** What followed a frame, at a slot that is its hash: where it began, where the stack ended, and its lines. */
    private final int[] from = new int[SLOTS];

    private final int[] to = new int[SLOTS];
    private final int[] lines = new int[SLOTS];

    /** The slots of the frames of this stack; what follows them is not known yet. */
    private final int[] open = new int[REMEMBERED];

    private int opened;

    /** Goes on with another block. */
    void begin(Block block) {
        bytes = block.bytes();
        length = block.length();
        Arrays.fill(to, 0);
    }

    /**
     * Adds the frames and the lines of dumps that begin here.
     *
     * @return the place after them
     */
    int scan(Block block, int start, int tid) {
        int count = 0;
        int p = start;
        opened = 0;
        while (p < length) {
            int end = end(p);
            if (end < 0) {
                break;
            }
            count++;
            p = end + 1;
            int slot = (int) (ByteSearch.word(bytes, Math.max(0, p - Long.BYTES)) * MIX >>> Long.SIZE - Byte.SIZE);
            if (isFollowedAgain(slot, p)) {
                count += lines[slot];
                p += to[slot] - from[slot];
            } else {
                open(slot, p, count);
            }
        }
        if (count > 0) {
            close(p, count);
            block.addAlike(start, tid, count, ScanSummary.furniture());
        }
        return p;
    }

    /** The end of the line, or -1 for any other. Marks that begin these lines begin quoted lines, too. */
    private int end(int p) {
        int head = (int) ByteSearch.word(bytes, p) & THREE_BYTES;
        if (head == FRAME) {
            int end = ByteSearch.find(bytes, p, (byte) '\n');
            return bytes[end - 1] == ']' ? end : -1;
        }
        return head == DUMP && isOffset(p + 3) ? ByteSearch.find(bytes, p, (byte) '\n') : -1;
    }

    /** Whether the digits of a dump's offset stand here, followed by two spaces. */
    private boolean isOffset(int p) {
        for (int i = 0; i < OFFSET_DIGITS; i++) {
            if (!Ascii.isHexDigit(bytes[p + i])) {
                return false;
            }
        }
        return bytes[p + OFFSET_DIGITS] == ' ' && bytes[p + OFFSET_DIGITS + 1] == ' ';
    }

    /** Text that does not follow again is forgotten: compared with frame after frame, it could cost more than the search. */
    private boolean isFollowedAgain(int slot, int p) {
        int size = to[slot] - from[slot];
        boolean isAgain =
                size > 0 && p + size <= length && Arrays.equals(bytes, from[slot], to[slot], bytes, p, p + size);
        if (!isAgain) {
            to[slot] = 0;
        }
        return isAgain;
    }

    private void open(int slot, int p, int count) {
        if (opened < REMEMBERED) {
            open[opened++] = slot;
            from[slot] = p;
            lines[slot] = -count;
        }
    }

    /** The stack ends here. */
    private void close(int p, int count) {
        for (int i = 0; i < opened; i++) {
            int slot = open[i];
            if (to[slot] == 0) {
                to[slot] = p;
                lines[slot] += count;
            }
        }
    }
}
