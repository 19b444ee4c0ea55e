package io.github.strait.cli;

import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command takes. */
final class CommonOptions {
    @Option(
            names = "--color",
            paramLabel = "WHEN",
            completionCandidates = ColourNames.class,
            description = "Colour diagnostics: auto, always or never (default: auto, and NO_COLOR is heeded).")
    private Console.@Nullable Colour colour;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print errors only.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print more.")
    private boolean verbose;

    /** The values for completion. */
    static final class ColourNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Console.Colour.values())
                    .map(Console.Colour::label)
                    .toList()
                    .iterator();
        }
    }

    void applyTo(Console console) {
        console.configure(quiet, verbose, colour);
    }
}
