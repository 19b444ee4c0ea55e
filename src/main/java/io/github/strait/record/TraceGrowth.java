package io.github.strait.record;

import io.github.strait.trace.ByteSearch;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of a trace and their names while strace writes it. It never waits for strace, nor strace for it: of a
 * trace that grows faster than a fiftieth of a processor can read, it passes over what it cannot read in time.
 */
final class TraceGrowth {
    /** What one look may read. Measured without the optimising compiler: 1.1 ns a byte, so 22 ms of a second. */
    static final int BUDGET = 20 << 20;

    private static final int BLOCK = 1 << 16;
    private static final int NAMES = 1024;
    private static final int LONGEST_NAME = 40;
    private static final int MULTIPLIER = 31;
    private static final byte[] INSTALLING = "seccomp".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INSTALLED = " = 0".getBytes(StandardCharsets.US_ASCII);

    private final Path trace;
    private final byte[] block = new byte[BLOCK];
    /** The names, each at its hash or after it; three quarters at most are full. */
    private final byte[][] names = new byte[NAMES][];

    private final DiscoveryCurve curve = new DiscoveryCurve();
    private final long start;
    private boolean isCounting;
    private long position;
    private boolean isInsideLine;
    private long calls;
    private boolean isWhole = true;
    private int distinct;
    private byte @Nullable [] latest;
    private long latestAt;

    /**
     * A trace that is still empty.
     *
     * @param isConfined whether the calls before a filter is installed are not the program's
     * @param now a time of {@link System#nanoTime}
     */
    TraceGrowth(Path trace, boolean isConfined, long now) {
        this.trace = trace;
        this.isCounting = !isConfined;
        this.start = now;
    }

    /** Reads on, and says what was found until now. */
    Discovery look(long now) {
        try (RandomAccessFile file = new RandomAccessFile(trace.toFile(), "r")) {
            read(file, now);
        } catch (IOException e) {
            // a pipe, or the file is gone: nothing more is found
        }
        curve.add(distinct);
        return new Discovery(
                seconds(now - start),
                calls,
                isWhole,
                distinct,
                latest == null ? "" : new String(latest, StandardCharsets.US_ASCII),
                latest == null ? 0 : seconds(now - latestAt),
                curve.until(distinct));
    }

    private static long seconds(long nanoseconds) {
        return Math.max(0, nanoseconds / 1_000_000_000L);
    }

    private void read(RandomAccessFile file, long now) throws IOException {
        long behind = file.length() - position;
        if (behind > BUDGET) {
            position += behind - BUDGET;
            isInsideLine = true;
            isWhole = false;
        }
        for (int left = BUDGET; left > 0; ) {
            file.seek(position);
            int length = file.read(block, 0, Math.min(left, BLOCK));
            int used = length <= 0 ? 0 : take(length, now);
            if (used == 0) {
                return;
            }
            position += used;
            left -= used;
        }
    }

    /** Takes the whole lines of the block, and of a line that is longer than the block what there is of it. */
    private int take(int length, long now) {
        int start = 0;
        if (isInsideLine) {
            start = ByteSearch.find(block, 0, length, (byte) '\n') + 1;
            if (start > length) {
                return length;
            }
            isInsideLine = false;
        }
        while (true) {
            int end = ByteSearch.find(block, start, length, (byte) '\n');
            if (end == length) {
                break;
            }
            line(start, end, now);
            start = end + 1;
        }
        if (start == 0 && length == BLOCK) {
            line(0, length, now);
            isInsideLine = true;
            return length;
        }
        return start;
    }

    /** One line of {@code TID [NUMBER] NAME(...}, as {@link Strace} has it written; others begin no call. */
    private void line(int start, int end, long now) {
        int p = start;
        while (p < end && block[p] != ']' && block[p] <= '[') {
            p++;
        }
        p += 2;
        int hash = 0;
        int name = p;
        while (p < end && isOfName(block[p])) {
            hash = hash * MULTIPLIER + block[p];
            p++;
        }
        int length = p - name;
        if (length <= 0 || length > LONGEST_NAME || p >= end || block[p] != '(') {
            return;
        }
        if (!isCounting) {
            isCounting = Arrays.equals(block, name, p, INSTALLING, 0, INSTALLING.length)
                    && Arrays.equals(block, end - INSTALLED.length, end, INSTALLED, 0, INSTALLED.length);
            return;
        }
        calls++;
        note(name, p, hash, now);
    }

    private static boolean isOfName(byte b) {
        return b >= 'a' && b <= 'z' || b == '_' || b >= '0' && b <= '9';
    }

    private void note(int from, int to, int hash, long now) {
        int slot = (hash ^ hash >>> 10) & NAMES - 1;
        while (names[slot] != null) {
            if (isName(names[slot], from, to)) {
                return;
            }
            slot = slot + 1 & NAMES - 1;
        }
        if (distinct < NAMES / 4 * 3) {
            names[slot] = Arrays.copyOfRange(block, from, to);
            latest = names[slot];
            latestAt = now;
            distinct++;
        }
    }

    private boolean isName(byte[] name, int from, int to) {
        if (name.length != to - from) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (name[i] != block[from + i]) {
                return false;
            }
        }
        return true;
    }
}
