package io.github.strait.trace;

/** The kinds of physical lines in a trace. */
public enum LineKind {
    /** A call with its result, or the beginning of one; see {@link Ending}. */
    CALL,
    /** The second half of a call: {@code <... NAME resumed>}. */
    RESUMED,
    /** The rest of a call whose line was cut by foreign text on a shared stream; it has no prefix and no name. */
    CONTINUATION,
    /** {@code --- SIGCHLD {...} ---} or {@code --- stopped by SIGSTOP ---}. */
    SIGNAL,
    /** {@code +++ exited with 0 +++} or {@code +++ killed by SIGKILL +++}. */
    EXIT,
    /** {@code +++ superseded by execve in pid N +++}: the thread group leader takes over the task of thread N. */
    SUPERSEDED,
    /** {@code [ Process PID=N runs in 32 bit mode. ]}. */
    PERSONALITY,
    /** A sentence of strace's own, such as {@code strace: Process N attached}. */
    MESSAGE,
    /** A line of the table of {@code -c} or {@code -C}. */
    SUMMARY,
    /** A stack frame of {@code -k}. */
    FRAME,
    /** A line of the hexadecimal dumps of {@code -e read=} and {@code -e write=}. */
    DUMP,
    /** The rest of an explanation after a result, wrapped to a line of its own. */
    NOTE,
    /** The header that strait wrote in front of a trace: the first line of a file, and no other. */
    HEADER,
    /** What a program imports, which strait wrote behind a trace. */
    IMPORTS,
    /** Nothing but white space. */
    BLANK,
    /** None of the above. */
    UNPARSED
}
