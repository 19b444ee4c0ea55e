package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.argument.Tier;
import io.github.strait.profile.Action;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.KernelVersion;
import java.util.Optional;

/** Options with which tests derive: the program's own are those of the package api. */
public final class Choices {
    /** All observed ABIs, and the layers that do not depend on how a container is started. */
    public static final DeriveOptions LAYERED = of(ImmutableSortedSet.of(), Layer.all());

    private Choices() {}

    /** The defaults for all but these. */
    public static DeriveOptions of(ImmutableSortedSet<Arch> targets, ImmutableList<Layer> layers) {
        return of(targets, layers, DeriveOptions.EPERM, DeriveOptions.BASELINE, false);
    }

    /** All observed ABIs, with conditions of a tier, or by names alone. */
    public static DeriveOptions of(ImmutableList<Layer> layers, Optional<Tier> args) {
        return new DeriveOptions(
                ImmutableSortedSet.of(),
                layers,
                DeriveOptions.EPERM,
                DeriveOptions.BASELINE,
                false,
                Overrides.NONE,
                args);
    }

    /** For a libc or release; targets without evidence are derived. */
    public static DeriveOptions on(String release, ImmutableSortedSet<Arch> targets, ImmutableList<Layer> layers) {
        return new DeriveOptions(
                targets,
                layers,
                Action.ERRNO,
                DeriveOptions.EPERM,
                DeriveOptions.BASELINE,
                false,
                !targets.isEmpty(),
                Optional.of(Release.parse(release)),
                Overrides.NONE,
                Optional.empty());
    }

    /** No overrides. */
    public static DeriveOptions of(
            ImmutableSortedSet<Arch> targets,
            ImmutableList<Layer> layers,
            String errno,
            KernelVersion baseline,
            boolean elideFailed) {
        return new DeriveOptions(targets, layers, errno, baseline, elideFailed, Overrides.NONE, Optional.empty());
    }
}
