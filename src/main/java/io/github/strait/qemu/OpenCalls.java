package io.github.strait.qemu;

import org.jspecify.annotations.Nullable;

/**
 * The calls that have not returned yet. A result does not name its call, and the threads of a process share its number, so
 * a result belongs to a call for certain only where no other one could return.
 */
final class OpenCalls {
    private @Nullable GuestCall last;
    private long open;
    private boolean isInDoubt;

    /**
     * A call begins.
     *
     * @param results how many results it prints: two where it makes a process, in which it returns as well
     */
    void begin(GuestCall call, int results) {
        isInDoubt |= open > 0 || results > 1;
        last = call;
        open += results;
    }

    /** A call has returned. Its result is counted if it is certain whose it is. */
    void end(GuestResult result) {
        GuestCall call = last;
        if (call != null && open == 1 && !isInDoubt) {
            call.end(result);
        }
        open = Math.max(0, open - 1);
        isInDoubt &= open > 0;
    }
}
