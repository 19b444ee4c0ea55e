package io.github.strait.cli;

import io.github.strait.api.OutputFormat;
import io.github.strait.diagnostic.RefusalException;

/** The format that a profile is written in. */
final class FormatOption extends Options {
    private final Parameter<OutputFormat> format =
            option("--format", "FORMAT", ValueType.FORMAT, Parameter.EACH_FORMAT);

    OutputFormat format() {
        return format.isGiven() ? format.value() : OutputFormat.usual();
    }

    /** Refuses to write bytes that are not text to a terminal. */
    static void checkNoTerminal(OutputFormat format, OutputOption output, Console console) {
        if (format.isBinary() && output.isTerminal(console)) {
            throw RefusalException.usage("a filter is binary; name a file with -o, or use --format " + format.asText());
        }
    }
}
