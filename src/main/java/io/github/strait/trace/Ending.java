package io.github.strait.trace;

/** How a line that shows a call, or half of one, ends. */
public enum Ending {
    /** With a value: the call succeeded, or failed in a way that has no errno. */
    VALUE,
    /** With an errno. */
    ERROR,
    /** With {@code ?}: the task ended in the call, or the kernel will restart it. */
    NO_RESULT,
    /** With {@code <unfinished ...>}: a later line resumes it. */
    UNFINISHED,
    /** With {@code <detached ...>} or another note that nothing will follow. */
    ABANDONED,
    /** With {@code <pid changed to N ...>}: this thread executed a program and took over the tid of its leader. */
    PID_CHANGED,
    /** In the middle: the line was cut, or text of another writer stands where the rest should be. */
    CUT;

    /** Whether the line shows the result of the call. */
    public boolean isFinal() {
        return this == VALUE || this == ERROR || this == NO_RESULT;
    }
}
