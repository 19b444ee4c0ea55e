package io.github.strait.cli;

import io.github.strait.api.OutputFormat;

/** Directives for arguments, in formats that have them in place of conditions. */
final class HardeningOption extends Options {
    private final Parameter<Boolean> hardening = flag(
            "--hardening",
            "With --format systemd, also write RestrictAddressFamilies=, RestrictNamespaces=, MemoryDenyWriteExecute= and"
                    + " LockPersonality= where the evidence proves them safe.");

    /** Refuses a format that has no such directives. */
    void check(OutputFormat format) {
        applyTo(format);
    }

    /** The format, hardened if that is asked for. */
    OutputFormat applyTo(OutputFormat format) {
        return hardening.isGiven() ? format.hardened() : format;
    }
}
