package io.github.strait.cli;

import io.github.strait.api.OutputFormat;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.report.Style;
import java.util.List;

/** The format of a profile and the style of a report about it, both given as {@code --format}. */
final class FormatsOption extends Options {
    private final Parameter<FormatValue> formats;

    /** @param json a description of the report in JSON, for help */
    FormatsOption(String json) {
        formats = option(
                        "--format",
                        "FORMAT",
                        ValueType.FORMAT_VALUE,
                        "The format of the profile: " + Parameter.EACH_FORMAT + " Or of the report: text (default), "
                                + json + ". Give one of each.")
                .repeatable();
    }

    /**
     * The format of the profile; the usual one if none is given.
     *
     * @throws RefusalException when two are given, or two styles of the report
     */
    OutputFormat ofProfile() {
        List<OutputFormat> given = formats.values().stream()
                .flatMap(value -> value.profile().stream())
                .toList();
        if (given.size() > 1 || formats.values().size() - given.size() > 1) {
            throw RefusalException.usage("--format takes one format of the profile and one of the report");
        }
        return given.isEmpty() ? OutputFormat.usual() : given.get(0);
    }

    /** The style of the report; text if none is given. */
    Style ofReport() {
        return formats.values().stream()
                .flatMap(value -> value.report().stream())
                .findFirst()
                .orElse(Style.TEXT);
    }
}
