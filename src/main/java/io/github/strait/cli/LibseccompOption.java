package io.github.strait.cli;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.Libseccomp;
import java.util.List;
import picocli.CommandLine.Option;

/** The library that turns names into numbers where the profile is used. */
final class LibseccompOption {
    @Option(
            names = "--libseccomp",
            paramLabel = "VERSION",
            description = "The version on the machines: names that it does not know do nothing there (default: the"
                    + " oldest that a supported distribution ships, 2.5.2).")
    private String version = Libseccomp.oldest().version();

    /** The version as the user wrote it. */
    String version() {
        return version;
    }

    Libseccomp libseccomp() {
        List<String> known = Libseccomp.all().stream().map(Libseccomp::version).toList();
        return Libseccomp.find(version)
                .orElseThrow(() -> RefusalException.usage(
                        "unknown libseccomp version '" + version + "'; known are " + String.join(" ", known)));
    }
}
