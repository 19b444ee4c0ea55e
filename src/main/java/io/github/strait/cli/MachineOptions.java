package io.github.strait.cli;

import io.github.strait.api.Machine;
import io.github.strait.api.ProfileResolver;

/** The machine for which the rules of a document in Docker's extended form are chosen. */
final class MachineOptions extends Options {
    private final Parameter<String> caps = option(
                    "--caps",
                    "CAP",
                    ValueType.TEXT,
                    "The container's capabilities, used by rules that depend on them: names, none or default"
                            + " (Docker's set) (default: default).")
            .commaSeparated();

    private final Parameter<String> kernel = option(
            "--kernel",
            "VERSION",
            ValueType.TEXT,
            "The kernel, used by rules that depend on it (default: newer than any).");

    /** The machine that is asked for. */
    Machine machine() {
        return Machine.parse(caps.values(), kernel.given());
    }

    /** The resolver that turns documents into the profiles that count on the machine. */
    ProfileResolver resolver(Console console) {
        return new ProfileResolver(machine(), console);
    }
}
