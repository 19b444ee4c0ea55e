package io.github.strait.json;

import java.util.Optional;

/** What is wrong with a text that was read as JSON. */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What to say of it depends on what the text was to be. */
    public enum Kind {
        /** The text ends in the middle of the document. */
        CUT,
        /** It has more of something than was to be read; the message names the limit. */
        TOO_LARGE,
        /** The document is complete, and a value follows. */
        FOLLOWED,
        /** Anything else. */
        MALFORMED
    }

    private final Kind kind;
    private final transient Optional<Json.Place> place;

    JsonException(Kind kind, Optional<Json.Place> place, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.place = place;
    }

    public Kind kind() {
        return kind;
    }

    /** Where; empty for some limits. */
    public Optional<Json.Place> place() {
        return place;
    }

    /** What is wrong, in the words of Jackson. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
