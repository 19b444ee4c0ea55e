package io.github.strait.format.oci;

import io.github.strait.diagnostic.Printable;
import io.github.strait.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file of Docker Compose, which names profiles and holds none. */
final class ComposeFile {
    private static final int LISTED = 4;
    private static final int WORD = 120;

    private ComposeFile() {}

    /** What it is, and the profiles that it names; empty when the document is something else. */
    static Optional<String> named(Json root) {
        if (!(root instanceof Json.Fields file)
                || !(file.find("services").orElse(null) instanceof Json.Fields services)) {
            return Optional.empty();
        }
        List<String> named = new ArrayList<>();
        for (Json.Member service : services.members()) {
            if (service.value() instanceof Json.Fields fields
                    && fields.find("security_opt").orElse(null) instanceof Json.Items options) {
                for (Json option : options.list()) {
                    if (option instanceof Json.Text text && text.value().matches("(?s)seccomp[=:].+")) {
                        named.add(Printable.of(text.value().substring(8), WORD) + " for service '"
                                + Printable.of(service.name(), WORD) + "'");
                    }
                }
            }
        }
        String which = String.join(", ", named.subList(0, Math.min(LISTED, named.size())))
                + (named.size() > LISTED ? " and " + (named.size() - LISTED) + " more" : "");
        return Optional.of("this is a compose file, not a profile, and names "
                + (named.isEmpty() ? "none: Docker's default one counts" : which + ": give strait that file"));
    }
}
