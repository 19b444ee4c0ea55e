package io.github.strait.format;

import io.github.strait.syscall.Arch;

/**
 * An engine on a machine, as the reader of a document. A document means different things to different engines, and each
 * machine looks only at its own entry of {@code archMap}.
 *
 * @param machine its native ABI
 */
public record Reader(Engine engine, Arch machine) {
    /** The engine and the machine that a user most likely has. */
    public static final Reader USUAL = new Reader(Engine.DOCKER, Arch.X86_64);

    public Reader {
        machine = machine.nativeArch();
    }
}
