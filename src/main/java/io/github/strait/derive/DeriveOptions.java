package io.github.strait.derive;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.argument.Tier;
import io.github.strait.diagnostic.Nearest;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.Action;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Errno;
import io.github.strait.syscall.KernelVersion;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The user's choices about a profile.
 *
 * @param targets the ABIs to write it for; none means those that were observed
 * @param layers the layers that are on
 * @param defaultAction what happens to unlisted calls
 * @param errno the name of the error that unlisted calls return, if the action is that
 * @param baseline the oldest kernel on which programs are expected to run: newer calls return ENOSYS
 * @param elideFailed whether feature probes that only ever failed return the same error without being allowed
 * @param isDeriving whether targets without evidence are derived from the ABI that was observed most
 * @param release the libc or release of the targets; empty when the user does not say
 * @param overrides the user's word over the evidence; what it allows becomes the last of {@code layers}
 * @param args which arguments are compared; empty for none
 */
public record DeriveOptions(
        ImmutableSortedSet<Arch> targets,
        ImmutableList<Layer> layers,
        Action defaultAction,
        String errno,
        KernelVersion baseline,
        boolean elideFailed,
        boolean isDeriving,
        Optional<Release> release,
        Overrides overrides,
        Optional<Tier> args) {
    /** The default of {@link #errno}. */
    public static final String EPERM = "EPERM";

    /** The default of {@link #baseline}: older kernels are out of support everywhere. */
    public static final KernelVersion BASELINE = new KernelVersion(5, 0);

    /** Options of a profile of observed ABIs alone that returns an error for unlisted calls. */
    public DeriveOptions(
            ImmutableSortedSet<Arch> targets,
            ImmutableList<Layer> layers,
            String errno,
            KernelVersion baseline,
            boolean elideFailed,
            Overrides overrides,
            Optional<Tier> args) {
        this(targets, layers, Action.ERRNO, errno, baseline, elideFailed, false, Optional.empty(), overrides, args);
    }

    public DeriveOptions {
        checkErrno(errno);
        layers = ImmutableList.<Layer>builder()
                .addAll(isDeriving && !layers.contains(DerivedLayer.LAYER) ? List.of(DerivedLayer.LAYER) : List.of())
                .addAll(layers)
                .addAll(overrides.layer().filter(Predicate.not(layers::contains)).stream()
                        .toList())
                .build();
    }

    /**
     * Refuses what is not the name of an error on any ABI.
     *
     * @throws RefusalException when it is none; the message names the one that may be meant
     */
    public static void checkErrno(String name) {
        if (Errno.isKnown(name)) {
            return;
        }
        if (name.equals("0")) {
            throw RefusalException.usage(
                    "errno 0 would make every denied call seem to succeed; name an error, such as EPERM");
        }
        if (!name.isEmpty()
                && name.length() < 5
                && CharMatcher.inRange('0', '9').matchesAllOf(name)) {
            String meant = Errno.name(Integer.parseInt(name), Arch.X86_64)
                    .map(known -> "; " + name + " is " + known + " on most")
                    .orElse("");
            throw RefusalException.usage(
                    "errors are given by name, because their numbers differ between architectures" + meant);
        }
        String meant = Nearest.of(name, Errno.names())
                .map(known -> "; did you mean " + known + "?")
                .orElse("; name one such as EPERM, EACCES or ENOSYS");
        throw RefusalException.usage("unknown error '" + name + "'" + meant);
    }
}
