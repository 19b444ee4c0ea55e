package io.github.strait.trace;

/** Takes the lines of a trace one by one, in their order. */
@FunctionalInterface
public interface LineHandler {
    /**
     * Takes a line that was parsed.
     *
     * @param line valid only inside this call
     */
    void accept(Line line);

    /**
     * Takes a line by what a scan has seen of it, where that is enough. Whatever this does must be what {@link #accept}
     * would do with the same line.
     *
     * @param tid the tid of the line, 0 where there is none
     * @param number the syscall number that {@code -n} printed, or {@link Line#NO_NUMBER}
     * @param seen as {@link Glance} packs it; never {@link Glance#UNSURE}
     * @return false, having done nothing, to be given the parsed line
     */
    default boolean glance(int tid, int number, int seen) {
        return false;
    }

    /**
     * Whether a word is the name of a call, in any spelling. Where a line could as well be text of another kind, only one
     * that begins with such a name is taken for a call.
     */
    default boolean isName(byte[] bytes, int from, int to) {
        return true;
    }

    /**
     * Hears that another portion was handed over.
     *
     * @param lines how many lines of the trace that makes
     */
    default void taken(long lines) {}
}
