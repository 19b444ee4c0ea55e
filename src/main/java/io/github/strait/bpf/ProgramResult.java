package io.github.strait.bpf;

import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import java.util.Arrays;

/**
 * The result of a program for a call.
 *
 * @param value the 32 bits that it returned
 * @param steps how many instructions it took
 */
public record ProgramResult(int value, int steps) {
    private static final int ACTION = 0xffff0000;
    private static final int DATA = 0xffff;

    /** The kernel caps an errno at this, MAX_ERRNO. */
    private static final int MAX_ERRNO = 4095;

    /**
     * The kernel's reading of the value: an unknown action kills the process, and an errno is at most 4095. (The
     * message of TRACE may be larger for the kernel, but in no profile.)
     */
    public Decision decision() {
        Action action = Arrays.stream(Action.values())
                .filter(known -> known.returnValue() == (value & ACTION))
                .findFirst()
                .orElse(Action.KILL_PROCESS);
        return new Decision(action, action.takesErrno() ? Math.min(value & DATA, MAX_ERRNO) : 0);
    }
}
