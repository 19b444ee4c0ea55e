package io.github.strait.cli;

/** The options that every command takes. */
final class CommonOptions extends Options {
    private final Parameter<Console.Colour> colour = option(
            "--color",
            "WHEN",
            ValueType.COLOUR,
            "Colour diagnostics: auto, always or never (default: auto, which respects NO_COLOR).");

    private final Parameter<Boolean> quiet = flag("-q", "--quiet", "Print errors only.");

    private final Parameter<Boolean> verbose = flag("-v", "--verbose", "Print more.");

    void applyTo(Console console) {
        console.configure(quiet.isGiven(), verbose.isGiven(), colour.given().orElse(null));
    }
}
