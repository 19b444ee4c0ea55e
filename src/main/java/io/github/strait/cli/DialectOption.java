package io.github.strait.cli;

import io.github.strait.api.OutputFormat;

/** Who reads a policy, in formats with several readers. */
final class DialectOption extends Options {
    private final Parameter<String> dialect = option(
            "--dialect",
            "DIALECT",
            ValueType.DIALECT,
            "With --format minijail, who reads the policy: libminijail (default), or compiler for"
                    + " compile_seccomp_policy.py.");

    /** The format in the dialect that is asked for. */
    OutputFormat applyTo(OutputFormat format) {
        return dialect.isGiven() ? format.spoken(dialect.value()) : format;
    }
}
