package io.github.strait.profile;

import com.google.common.base.Preconditions;
import java.util.OptionalInt;

/**
 * The decision of a filter about one call.
 *
 * @param action the action
 * @param errno the number that goes with it, 0 where the action takes none
 */
public record Decision(Action action, int errno) {
    /** The error number of an ERRNO or TRACE that names none, in runc and crun alike. */
    public static final int EPERM = 1;

    public Decision {
        Preconditions.checkArgument(
                errno >= 0 && errno <= ValueChecks.MAX_ERRNO, "errno %s is outside 0 to 4095", errno);
        Preconditions.checkArgument(errno == 0 || action.takesErrno(), "%s takes no errno", action);
    }

    /** The decision of a rule or default with this {@code errnoRet}, EPERM by default. */
    public static Decision of(Action action, OptionalInt errnoRet) {
        return new Decision(action, action.takesErrno() ? errnoRet.orElse(EPERM) : 0);
    }

    /** The decision of an action without a number of its own. */
    public static Decision of(Action action) {
        return of(action, OptionalInt.empty());
    }

    /** The 32-bit value that the filter returns to the kernel. */
    public int returnValue() {
        return action.returnValue() | errno;
    }

    @Override
    public String toString() {
        return action.takesErrno() ? action + " " + errno : action.toString();
    }
}
