package io.github.strait.cli;

import io.github.strait.api.OutputFormat;

/** The layout of a compiled filter; other formats have none. */
final class LayoutOption extends Options {
    private final Parameter<String> layout = option(
            "--layout",
            "LAYOUT",
            ValueType.LAYOUT,
            "How a compiled filter finds a call: linear (frequent calls first), tree (binary search), or auto, "
                    + "whichever takes fewer instructions for the observed calls (default: auto).");

    /** The format in the layout that is asked for. */
    OutputFormat applyTo(OutputFormat format) {
        return layout.isGiven() ? format.laidOut(layout.value()) : format;
    }
}
