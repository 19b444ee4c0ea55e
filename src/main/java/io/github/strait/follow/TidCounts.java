package io.github.strait.follow;

import org.jspecify.annotations.Nullable;

/**
 * How often each tid was announced by a fork and how often a task of it was seen, in two bytes each: a trace may have
 * millions of tids, and each of them several times.
 */
final class TidCounts {
    /** {@code PID_MAX_LIMIT} on 64-bit machines; no kernel gives a tid that is not lower. */
    private static final int LIMIT = 1 << 22;

    private static final int PAGE = 1 << 12;
    private static final int MOST = (1 << 7) - 1;
    private static final int ANNOUNCED_SHIFT = 7;
    private static final int AWAITED = 1 << 14;

    private final short[] @Nullable [] pages = new short[LIMIT / PAGE][];

    private static boolean isTid(int tid) {
        return tid > 0 && tid < LIMIT;
    }

    private int get(int tid) {
        short[] page = isTid(tid) ? pages[tid / PAGE] : null;
        return page == null ? 0 : page[tid % PAGE];
    }

    private void set(int tid, int value) {
        if (isTid(tid)) {
            short[] page = pages[tid / PAGE];
            if (page == null) {
                page = new short[PAGE];
                pages[tid / PAGE] = page;
            }
            page[tid % PAGE] = (short) value;
        }
    }

    /** How often a task of this tid was seen, up to {@value #MOST} times. */
    int seen(int tid) {
        return get(tid) & MOST;
    }

    int announced(int tid) {
        return get(tid) >> ANNOUNCED_SHIFT & MOST;
    }

    /** How many of those that were announced are missing. */
    int missing(int tid) {
        return Math.max(0, announced(tid) - seen(tid));
    }

    /** A fork has returned this tid; false when it is not a tid, or was returned too often to count. */
    boolean announce(int tid) {
        boolean counts = isTid(tid) && announced(tid) < MOST;
        if (counts) {
            set(tid, get(tid) + (1 << ANNOUNCED_SHIFT));
        }
        return counts;
    }

    /** A task of this tid is seen. */
    void see(int tid) {
        set(tid, (get(tid) & ~AWAITED) + (seen(tid) < MOST ? 1 : 0));
    }

    /** The task of this tid has called exit, and the line of its end may follow. */
    void await(int tid) {
        set(tid, get(tid) | AWAITED);
    }

    /** Whether the line of an end belongs to a task that was seen; it does so once. */
    boolean isAwaited(int tid) {
        boolean awaited = (get(tid) & AWAITED) != 0;
        set(tid, get(tid) & ~AWAITED);
        return awaited;
    }
}
