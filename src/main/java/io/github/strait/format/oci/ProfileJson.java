package io.github.strait.format.oci;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.DocumentText;
import io.github.strait.json.Json;
import io.github.strait.json.JsonException;
import io.github.strait.json.JsonReader;
import io.github.strait.json.JsonReader.Leniency;

/** Reads the JSON of a profile, and reports its errors. */
final class ProfileJson {
    /** The deepest profile has five levels. */
    private static final int MAX_DEPTH = 32;

    /** Limits the memory for a hostile document; the largest real profile has some two thousand. */
    private static final int MAX_TOKENS = 1_000_000;

    private ProfileJson() {}

    /**
     * Parses the document.
     *
     * @param comments whether those of C are passed over, as crun does
     */
    static Json read(DocumentText source, boolean comments) {
        JsonReader reader = new JsonReader(
                comments ? Leniency.REPEATED_KEYS_AND_COMMENTS : Leniency.REPEATED_KEYS, MAX_DEPTH, MAX_TOKENS);
        try {
            return reader.read(source.text());
        } catch (JsonException e) {
            throw refusal(source, e);
        }
    }

    private static RefusalException refusal(DocumentText source, JsonException e) {
        int line = Math.max(1, e.line());
        int column = Math.max(1, e.column());
        return source.error(
                line,
                "column " + column + ": "
                        + switch (e.kind()) {
                            case CUT -> "the document ends in the middle; is the file complete?";
                            case TOO_LARGE -> "larger or deeper than any profile (" + limit(e) + "); is it one?";
                            case FOLLOWED -> "something follows the end of the document; remove it";
                            case MALFORMED -> fault(firstLine(e.message()), from(source, line, column), source);
                        });
    }

    /** Which limit was passed, without Jackson's name for it. */
    private static String limit(JsonException e) {
        String message = firstLine(e.message());
        int name = message.indexOf(", from");
        return name < 0 ? message : message.substring(0, name) + ")";
    }

    /** The fault of a text, and its fix. */
    private static String fault(String message, String rest, DocumentText source) {
        if (rest.startsWith("/")) {
            return "a comment, which JSON does not have: crun alone passes over it, Docker, Podman and runc refuse the"
                    + " document; remove it";
        }
        if (rest.startsWith("#")) {
            return "a line that begins with '#' is not JSON, and every runtime refuses it; remove it";
        }
        return "not JSON: " + message + form(source);
    }

    /** The text from a place on, a line of it at most; empty beyond the end. */
    private static String from(DocumentText source, int line, int column) {
        return source.text()
                .lines()
                .skip(line - 1L)
                .findFirst()
                .filter(text -> column - 1 < text.length())
                .map(text -> text.substring(column - 1))
                .orElse("");
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("unexpected text");
    }

    private static String form(DocumentText source) {
        String start = source.text().stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            return "";
        }
        return "; a profile is a JSON object";
    }
}
