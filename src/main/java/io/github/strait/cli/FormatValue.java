package io.github.strait.cli;

import io.github.strait.api.OutputFormat;
import io.github.strait.report.Renderers;
import io.github.strait.report.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value of {@code --format} where it is about the profile or about the report. The names of the two do not overlap.
 *
 * @param profile the format of the profile; empty when the value is about the report
 * @param report the style of the report; empty when the value is about the profile
 */
record FormatValue(Optional<OutputFormat> profile, Optional<Style> report) {
    /** The names for completion. */
    static List<String> names() {
        List<String> names = new ArrayList<>(OutputFormat.names());
        Renderers.CHECK.styles().forEach(style -> names.add(style.toString()));
        return names;
    }

    /** The value of that name. */
    static FormatValue of(String name) {
        Optional<Style> style = style(name);
        return new FormatValue(style.isPresent() ? Optional.empty() : Optional.of(OutputFormat.parse(name)), style);
    }

    /** Whether that name is about the report. */
    static boolean isOfReport(String name) {
        return style(name).isPresent();
    }

    private static Optional<Style> style(String name) {
        return Renderers.CHECK.styles().stream()
                .filter(style -> style.toString().equals(name))
                .findFirst();
    }
}
