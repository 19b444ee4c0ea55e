package io.github.strait.qemu;

/** Takes what stands in one line of a log, part by part: qemu ends a line only after a result. */
interface GuestParts {
    /**
     * A call as it begins.
     *
     * @param pid of the process; its threads share it
     * @param name as qemu spells it
     * @param from where its arguments begin in the line
     * @param to where they end there
     * @param isClosed whether a parenthesis closes them in this line
     */
    void call(long pid, String name, int from, int to, boolean isClosed);

    /** A call of which qemu knows only the number; no result follows. */
    void number(long pid, int number);

    /** What a call returned; qemu does not say which. */
    void result(int from, int to);

    /** A signal that was delivered. */
    void signal(int from, int to);

    /** The rest of arguments that began in an earlier line, in a string with a line feed. */
    void continued();

    /** Anything else, such as what the program writes to the same stream. */
    void text(int from, int to);
}
