package io.github.strait.follow;

import io.github.strait.syscall.Arch;
import java.util.Optional;

/**
 * How traces are followed.
 *
 * @param declared the machine that recorded them, where the user says so
 * @param here this machine, used when neither the user nor the trace says which
 * @param watch collects the wanted arguments
 * @param choice the programs whose calls are kept
 */
public record FollowOptions(Optional<Arch> declared, Arch here, ArgumentWatch watch, ProgramChoice choice) {
    /** The same for a part of the traces, whose arguments {@link ObservedTraces#add} adds to those of the whole. */
    public FollowOptions part() {
        return new FollowOptions(declared, here, watch.part(), choice);
    }
}
