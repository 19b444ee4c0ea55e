package io.github.strait.trace.scan;

import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;

/**
 * A scan of a line by {@link LineScanner}, packed into an {@code int}: just enough to count a known call again. It is
 * never {@link Line#UNSCANNED}, which marks a line that only the parser can read.
 */
public final class ScanSummary {
    private static final int CALL = 1;
    private static final int RESUMED = 2;
    private static final int FURNITURE = 3;
    private static final int KIND = 3;
    private static final int ENDING_SHIFT = 2;
    private static final int ENDING = 7;
    private static final int OWN_TID = 1 << 5;
    private static final int WORD_SHIFT = 6;
    private static final int ERRNO_SHIFT = 19;
    private static final int WORD = (1 << ERRNO_SHIFT - WORD_SHIFT) - 1;
    private static final Ending[] ENDINGS = Ending.values();

    private ScanSummary() {}

    static int furniture() {
        return FURNITURE;
    }

    /**
     * A call, or half of one.
     *
     * @param word the number of its name
     * @param errno the number of its errno, 0 without one
     */
    static int call(boolean resumed, Ending ending, int word, int errno, boolean ownTid) {
        return (resumed ? RESUMED : CALL)
                | ending.ordinal() << ENDING_SHIFT
                | (ownTid ? OWN_TID : 0)
                | word << WORD_SHIFT
                | errno << ERRNO_SHIFT;
    }

    /** Whether it is a whole call, or the first half of one. */
    public static boolean isCall(int summary) {
        return (summary & KIND) == CALL;
    }

    /** Whether it is the second half of a call. */
    public static boolean isResumed(int summary) {
        return (summary & KIND) == RESUMED;
    }

    /** How the line of a call ends: {@code VALUE}, {@code ERROR}, {@code NO_RESULT} or {@code UNFINISHED}. */
    public static Ending ending(int summary) {
        return ENDINGS[summary >>> ENDING_SHIFT & ENDING];
    }

    /** The number that {@link WordNumbers} gives the name of the call. */
    public static int name(int summary) {
        return summary >>> WORD_SHIFT & WORD;
    }

    /** The number that {@link WordNumbers} gives the errno, when the call ends with one. */
    public static int errno(int summary) {
        return summary >>> ERRNO_SHIFT;
    }

    /** Whether the value that the call returned is the tid in front of the line. */
    public static boolean returnsOwnTid(int summary) {
        return (summary & OWN_TID) != 0;
    }
}
