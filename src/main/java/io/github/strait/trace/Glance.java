package io.github.strait.trace;

/**
 * What a scan has seen of a line of the usual kinds, packed into an {@code int}: enough to count a call again that was
 * counted before, and no more. A line of any other kind is {@link #UNSURE}, and only the parser tells what it is.
 */
public final class Glance {
    /** Nothing can be said without parsing the line. */
    public static final int UNSURE = 0;

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

    private Glance() {}

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
    public static boolean isCall(int seen) {
        return (seen & KIND) == CALL;
    }

    /** Whether it is the second half of a call. */
    public static boolean isResumed(int seen) {
        return (seen & KIND) == RESUMED;
    }

    /** How the line of a call ends: {@code VALUE}, {@code ERROR}, {@code NO_RESULT} or {@code UNFINISHED}. */
    public static Ending ending(int seen) {
        return ENDINGS[seen >>> ENDING_SHIFT & ENDING];
    }

    /** The number that {@link Words} gives the name of the call. */
    public static int name(int seen) {
        return seen >>> WORD_SHIFT & WORD;
    }

    /** The number that {@link Words} gives the errno, when the call ends with one. */
    public static int errno(int seen) {
        return seen >>> ERRNO_SHIFT;
    }

    /** Whether the value that the call returned is the tid in front of the line. */
    public static boolean returnsOwnTid(int seen) {
        return (seen & OWN_TID) != 0;
    }
}
