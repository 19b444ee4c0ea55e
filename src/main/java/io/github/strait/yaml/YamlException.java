package io.github.strait.yaml;

/** Thrown for an error in a text that was read as YAML. */
public final class YamlException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final boolean isSyntax;

    private YamlException(int line, boolean isSyntax, String message) {
        super(message, null, false, false);
        this.line = line;
        this.isSyntax = isSyntax;
    }

    /** The text is not YAML. */
    static YamlException syntax(int line, String message) {
        return new YamlException(line, true, message);
    }

    /** The text is YAML that is not read. */
    static YamlException refused(int line, String message) {
        return new YamlException(line, false, message);
    }

    /** Whether the text is not YAML at all; else it is YAML that is not read. */
    public boolean isSyntax() {
        return isSyntax;
    }

    /** The line, from 1. */
    public int line() {
        return line;
    }

    /** The error. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
