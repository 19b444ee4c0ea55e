package io.github.strait.cli;

import io.github.strait.api.Machine;
import io.github.strait.api.ProfileResolver;

/** The machine for which the rules of a document in Docker's extended form are chosen. */
final class MachineOptions extends Options {
    private final Parameter<String> caps = option(
                    "--caps",
                    "CAP",
                    ValueType.TEXT,
                    "The capabilities of the container, for rules that ask for them: names, none, or default, which"
                            + " stands for Docker's (default: default).")
            .commaSeparated();

    private final Parameter<String> kernel = option(
            "--kernel", "VERSION", ValueType.TEXT, "The kernel, for rules that ask for one (default: newer than any).");

    /** The machine that is asked for. */
    Machine machine() {
        return Machine.parse(caps.values(), kernel.given());
    }

    /** What makes of documents the profiles that count on the machine. */
    ProfileResolver resolver(Console console) {
        return new ProfileResolver(machine(), console);
    }
}
