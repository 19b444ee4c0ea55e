package io.github.strait.cli;

import picocli.CommandLine.Option;

/** What every command takes. */
final class CommonOptions {
    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "Colour diagnostics: auto, always or never (default: auto, and NO_COLOR is heeded).")
    private Console.Colour colour = Console.Colour.AUTO;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print errors only.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print more.")
    private boolean verbose;

    void applyTo(Console console) {
        console.configure(quiet, verbose, colour);
    }
}
