package io.github.strait.format;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;

/** Why a document cannot be read, or a profile cannot be written. */
final class FormatRefusal {
    private FormatRefusal() {}

    /** A document that is not what it should be. */
    static RefusalException unreadable(SourcePosition position, String message) {
        return RefusalException.of("unreadable-profile", position, message);
    }

    /** A profile that says more than the format can. */
    static RefusalException inexpressible(ProfileFormat format, String message) {
        return RefusalException.of("inexpressible-profile", "format '" + format.name() + "' " + message);
    }
}
