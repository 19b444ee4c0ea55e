package io.github.strait.api;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.Action;
import java.util.Locale;

/** What happens to calls that a derived profile does not list. */
public enum DefaultAction {
    /** They return an error. */
    ERRNO(Action.ERRNO),
    /** They kill the process. */
    KILL_PROCESS(Action.KILL_PROCESS),
    /** They run, and the kernel logs each: for staging. */
    LOG(Action.LOG),
    /** They send SIGSYS, which a program can handle. */
    TRAP(Action.TRAP);

    private final Action action;

    DefaultAction(Action action) {
        this.action = action;
    }

    /**
     * The choice of that name, as {@code --default-action} has it.
     *
     * @throws RefusalException when there is none
     */
    public static DefaultAction of(String word) {
        for (DefaultAction each : values()) {
            if (each.toString().equals(word)) {
                return each;
            }
        }
        throw RefusalException.usage("invalid value '" + word + "': expected errno, kill-process, log or trap");
    }

    Action action() {
        return action;
    }

    /** The name in {@code --default-action}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
