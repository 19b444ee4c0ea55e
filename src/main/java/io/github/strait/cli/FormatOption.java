package io.github.strait.cli;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Ability;
import io.github.strait.format.Formats;
import io.github.strait.format.ProfileFormat;

/** The format that a profile is written in. */
final class FormatOption extends Options {
    private final Parameter<ProfileFormat> format =
            option("--format", "FORMAT", ValueType.FORMAT, Parameter.EACH_FORMAT);

    ProfileFormat format() {
        return format.or(Formats.usual());
    }

    /** Refuses to write bytes that are not text to a terminal. */
    static void checkNoTerminal(ProfileFormat format, OutputOption output, Console console) {
        if (format.traits().has(Ability.BINARY) && output.isTerminal(console)) {
            throw RefusalException.usage("a filter is binary; name a file with -o, or use --format " + format.asText());
        }
    }
}
