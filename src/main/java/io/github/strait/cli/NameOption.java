package io.github.strait.cli;

import io.github.strait.api.OutputFormat;
import java.nio.file.Path;

/** What a document calls the profile, in formats whose documents have a name. */
final class NameOption extends Options {
    private final Parameter<String> name = option(
            "--name",
            "NAME",
            ValueType.TEXT,
            "What the document calls the profile, where the format has a name for it (default: as its file is called,"
                    + " without endings; app on standard output).");

    /** The format with the name that is asked for, or with that of the file; {@code -} is standard output. */
    OutputFormat applyTo(OutputFormat format, Path file) {
        if (name.isGiven()) {
            return format.named(name.value());
        }
        return OutputFile.isStdout(file) ? format : format.namedAfter(file);
    }
}
