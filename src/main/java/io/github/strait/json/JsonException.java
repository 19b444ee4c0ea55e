package io.github.strait.json;

/** Thrown for an error in a text that was read as JSON. */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The kind of error; its message depends on what the text was expected to be. */
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
    private final int line;
    private final int column;

    JsonException(Kind kind, int line, int column, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.line = line;
        this.column = column;
    }

    public Kind kind() {
        return kind;
    }

    /** The line, from 1; 0 for some limits, which have no place. */
    public int line() {
        return line;
    }

    /** The column of that line, from 1. */
    public int column() {
        return column;
    }

    /** The error, in the words of Jackson. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
