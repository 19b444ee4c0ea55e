package io.github.strait.format;

import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SystemdGroups;
import java.util.Optional;

/**
 * An engine on a machine, as the reader of a document. A document means different things to different engines, and each
 * machine looks only at its own entry of {@code archMap}.
 *
 * @param machine its native ABI
 * @param groups what the machine's systemd calls groups; empty for the built-in ones
 */
public record Reader(Engine engine, Arch machine, Optional<SystemdGroups> groups) {
    /** The engine and the machine that a user most likely has. */
    public static final Reader USUAL = new Reader(Engine.DOCKER, Arch.X86_64);

    public Reader {
        machine = machine.nativeArch();
    }

    /** A reader to whom groups are the built-in ones. */
    public Reader(Engine engine, Arch machine) {
        this(engine, machine, Optional.empty());
    }

    /** The same on another machine. */
    public Reader on(Arch other) {
        return new Reader(engine, other, groups);
    }

    /** The same where systemd has these groups; empty for the built-in ones. */
    public Reader with(Optional<SystemdGroups> other) {
        return new Reader(engine, machine, other);
    }
}
