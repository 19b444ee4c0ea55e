package io.github.strait.cli;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.api.Targets;
import io.github.strait.syscall.Arch;

/** The architectures that a profile is for, and what becomes of those without evidence. */
final class TargetOptions extends Options {
    private final Parameter<Arch> targets;

    private final Parameter<Boolean> derive = flag(
            "--derive",
            "Derive targets without evidence from the architecture that was observed: what its calls are there.");

    /** @param description what the targets are for */
    TargetOptions(String description) {
        targets = option("--target", "ARCH", ValueType.ARCH, description).commaSeparated();
    }

    Targets targets() {
        return new Targets(ImmutableSortedSet.copyOf(targets.values()), derive.isGiven());
    }
}
