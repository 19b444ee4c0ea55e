package io.github.strait.cli;

import com.google.common.collect.ImmutableList;
import io.github.strait.api.Binaries;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import java.nio.file.Path;

/** The options that name programs whose imports count beside the evidence. */
final class BinaryOptions extends Options {
    private final Parameter<Path> binaries = option(
                    "--binary",
                    "FILE",
                    ValueType.PATH,
                    "Also read what this program and its libraries import, for what no run shows and for the layers "
                            + "imports and imports-all; a library that it loads is named so too (repeatable).")
            .repeatable();

    private final Parameter<Path> root = option(
            "--root",
            "DIR",
            ValueType.PATH,
            "The folder that the programs of --binary see as /, such as an unpacked image.");

    /** The evidence with the imports of these programs; what there is to say about them is printed. */
    Evidence addTo(Evidence evidence, Console console) {
        if (!binaries.isGiven()) {
            if (root.isGiven()) {
                throw RefusalException.usage("--root is for --binary; name a program, or leave --root out");
            }
            return evidence;
        }
        Evidence whole = new Binaries(root.or(Path.of("/")), ImmutableList.copyOf(binaries.values())).addTo(evidence);
        console.diagnostics(whole.diagnostics()
                .subList(evidence.diagnostics().size(), whole.diagnostics().size()));
        return whole;
    }
}
