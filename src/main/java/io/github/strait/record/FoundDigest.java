package io.github.strait.record;

import java.util.Optional;

/** The digest of an image in what engines call it: {@code NAME@sha256:…} or {@code sha256:…}. */
final class FoundDigest {
    private FoundDigest() {}

    /** The digest; empty when there is none. */
    static Optional<String> of(String reference) {
        String last = reference.substring(reference.lastIndexOf('@') + 1);
        int colon = last.indexOf(':');
        return last.startsWith("sha") && colon > 0 && isHexadecimal(last.substring(colon + 1))
                ? Optional.of(last)
                : Optional.empty();
    }

    /** Whether it is what engines make ids of, and so no option of theirs. */
    static boolean isHexadecimal(String text) {
        return text.matches("[0-9a-f]{1,128}");
    }
}
