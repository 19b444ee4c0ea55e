package io.github.strait.cli;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.Libseccomp;
import java.util.List;

/** The library that turns names into numbers where the profile is used. */
final class LibseccompOption extends Options {
    private final Parameter<String> version = option(
            "--libseccomp",
            "VERSION",
            ValueType.TEXT,
            "libseccomp's version on the target machines, which ignores names that it does not know (default: the"
                    + " oldest version in a supported distribution, 2.5.2).");

    /** The version as the user wrote it. */
    String version() {
        return version.or(Libseccomp.oldest().version());
    }

    Libseccomp libseccomp() {
        List<String> known = Libseccomp.all().stream().map(Libseccomp::version).toList();
        return Libseccomp.find(version())
                .orElseThrow(() -> RefusalException.usage(
                        "unknown libseccomp version '" + version() + "'; known are " + String.join(" ", known)));
    }
}
