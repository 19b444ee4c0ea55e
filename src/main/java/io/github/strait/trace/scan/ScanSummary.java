package io.github.strait.trace.scan;

import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;

/**
 * A scan of a line by {@link LineScanner}, packed into an {@code int}: just enough to count a call whose arguments show
 * nothing. It is never {@link Line#UNSCANNED}, which marks a line that only the parser can read.
 */
public final class ScanSummary {
    private static final int CALL = 1;
    private static final int RESUMED = 2;
    private static final int FURNITURE = 3;
    private static final int EXIT = 4;
    private static final int CHILD_SIGNAL = 5;
    private static final int KIND = 7;
    private static final int ENDING_SHIFT = 3;
    private static final int ENDING = 7;
    private static final int OWN_TID = 1 << 6;
    private static final int WORD_SHIFT = 7;
    private static final int DETAIL_SHIFT = 19;
    /** Of an ordinal of {@link AddressRange}. */
    private static final int RANGE = 3;

    private static final int LAST_SHIFT = 29;
    private static final int WORD = (1 << DETAIL_SHIFT - WORD_SHIFT) - 1;
    private static final Ending[] ENDINGS = Ending.values();

    private ScanSummary() {}

    static int furniture() {
        return FURNITURE;
    }

    static int exit() {
        return EXIT;
    }

    static int childSignal() {
        return CHILD_SIGNAL;
    }

    /**
     * A call, or half of one.
     *
     * @param word the number of its name
     * @param detail the number of its errno, the ordinal of the {@link AddressRange} of its value, or 0
     */
    static int call(boolean resumed, Ending ending, int word, int detail, boolean ownTid) {
        return (resumed ? RESUMED : CALL)
                | ending.ordinal() << ENDING_SHIFT
                | (ownTid ? OWN_TID : 0)
                | word << WORD_SHIFT
                | detail << DETAIL_SHIFT;
    }

    /** The same call, whose line ends with its value. */
    static int ended(int call) {
        return call | 1 << LAST_SHIFT;
    }

    /** Whether it is a whole call, or the first half of one. */
    public static boolean isCall(int summary) {
        return (summary & KIND) == CALL;
    }

    /** Whether it is the second half of a call. */
    public static boolean isResumed(int summary) {
        return (summary & KIND) == RESUMED;
    }

    /** Whether it is a stack frame, or a line of a dump. */
    public static boolean isFurniture(int summary) {
        return (summary & KIND) == FURNITURE;
    }

    /** Whether it is the end of a task that was not killed: {@code +++ exited with 0 +++}. */
    public static boolean isExit(int summary) {
        return (summary & KIND) == EXIT;
    }

    /** Whether it is a signal about a child: {@code --- SIGCHLD {...} ---}. */
    public static boolean isChildSignal(int summary) {
        return (summary & KIND) == CHILD_SIGNAL;
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
        return summary >>> DETAIL_SHIFT;
    }

    /** The range of the address that the call returned, when it ends with a value. */
    public static AddressRange value(int summary) {
        return AddressRange.of(summary >>> DETAIL_SHIFT & RANGE);
    }

    /** Whether the line of a call ends with the digits of its value, decimal without a sign, or hexadecimal. */
    public static boolean isEndedByValue(int summary) {
        return (summary >>> LAST_SHIFT & 1) != 0;
    }

    /** Whether the value that the call returned is the tid in front of the line. */
    public static boolean returnsOwnTid(int summary) {
        return (summary & OWN_TID) != 0;
    }
}
