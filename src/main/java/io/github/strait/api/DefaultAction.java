package io.github.strait.api;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Ability;
import io.github.strait.format.Formats;
import io.github.strait.format.ProfileFormat;
import io.github.strait.format.Traits;
import io.github.strait.profile.Action;
import java.util.Locale;
import java.util.Optional;

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

    /**
     * Refuses a format whose readers do not take the action as the default.
     *
     * @throws RefusalException when they do not; the message names the nearest one that they take
     */
    public void checkFor(OutputFormat format) {
        Traits traits = format.format().traits();
        if (traits.has(Ability.ACTIONS) && !traits.actions().contains(action)) {
            throw RefusalException.of(
                    "inexpressible-profile",
                    "format '" + format + "' has no " + action.token() + ", the action of the" + " default"
                            + nearest(traits));
        }
    }

    /**
     * Warnings about what the runtime does with the default, in whatever form it gets the profile: what the format of its
     * own cannot say, it does not do.
     *
     * @param errno the error of the default
     */
    ImmutableList<Diagnostic> cautions(StartRequest start, String errno) {
        if (this == ERRNO && errno.equals(DerivationRequest.EPERM)) {
            return ImmutableList.of(); // all take it, and no format needs to be loaded
        }
        String runtime = start.family();
        ImmutableList<Traits> own = Formats.all().stream()
                .filter(format -> format.runtime().equals(Optional.of(runtime)))
                .map(ProfileFormat::traits)
                .collect(ImmutableList.toImmutableList());
        if (own.isEmpty() || own.stream().anyMatch(traits -> isTaken(traits, errno))) {
            return ImmutableList.of();
        }
        Traits first = own.get(0);
        String message = first.actions().contains(action)
                ? runtime + " returns EPERM for unlisted calls, whatever --errno names; --errno EPERM is the nearest"
                : runtime + " has no " + action.token() + ", the action of the default" + nearest(first);
        return ImmutableList.of(Diagnostic.warning("runtime-action", null, message));
    }

    private boolean isTaken(Traits traits, String errno) {
        return traits.actions().contains(action)
                && (this != ERRNO || errno.equals(DerivationRequest.EPERM) || traits.has(Ability.ERRNOS));
    }

    /** The end of a message: what is taken in its place. */
    private String nearest(Traits traits) {
        if (this == LOG) {
            return ": nothing there logs calls and lets them run; stage under another runtime, with --format "
                    + OutputFormat.usual();
        }
        DefaultAction other = this == TRAP ? KILL_PROCESS : TRAP;
        DefaultAction nearest = traits.actions().contains(other.action) ? other : ERRNO;
        return (this == KILL_PROCESS && traits.actions().contains(Action.KILL_THREAD)
                        ? ": it kills no more than the thread"
                        : "")
                + "; --default-action " + nearest + " is the nearest";
    }

    /** The name in {@code --default-action}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
