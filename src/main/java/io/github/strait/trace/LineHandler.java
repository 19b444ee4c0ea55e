package io.github.strait.trace;

/** Handles the lines of a trace one by one, in order. */
@FunctionalInterface
public interface LineHandler {
    /**
     * Handles a parsed line.
     *
     * @param line valid only inside this call
     */
    void accept(Line line);

    /**
     * Handles a line from its scan summary alone, if that is enough. It must do what {@link #accept} would do with the
     * same line.
     *
     * @param tid the tid of the line, 0 where there is none
     * @param number the syscall number that {@code -n} printed, or {@link Line#NO_NUMBER}
     * @param summary what the {@link BlockScanner} saw; never {@link Line#UNSCANNED}
     * @return false, having done nothing, to be given the parsed line
     */
    default boolean scanned(int tid, int number, int summary) {
        return false;
    }

    /**
     * Handles a line that {@link #scanned(int, int, int)} has not taken, from its scan summary, its place and its bytes, if
     * that is enough. It must do what {@link #accept} would do with the same line.
     *
     * @param line valid only inside this call
     * @return false, to be given the parsed line; what was done by then, {@link #accept} would begin with
     */
    default boolean scanned(ScannedLine line) {
        return false;
    }

    /**
     * Handles lines that are alike, each as {@link #scanned(int, int, int)} would.
     *
     * @param lines how many they are
     * @return how many of them, from the first, were handled
     */
    default int scannedAlike(int tid, int summary, int lines) {
        int handled = 0;
        while (handled < lines && scanned(tid, Line.NO_NUMBER, summary)) {
            handled++;
        }
        return handled;
    }

    /**
     * Whether a word is the name of a call, in any spelling. A line that could also be other text counts as a call only if
     * it begins with such a name.
     */
    default boolean isName(byte[] bytes, int from, int to) {
        return true;
    }

    /**
     * Called after each block.
     *
     * @param lines how many lines of the trace were handed over so far
     */
    default void afterBlock(long lines) {}
}
