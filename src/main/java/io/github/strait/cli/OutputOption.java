package io.github.strait.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The destination of a command's result. */
final class OutputOption extends Options {
    private final Parameter<Path> output =
            option("-o", "--output", "FILE", ValueType.PATH, "Write the result to FILE (default: standard output).");

    /** The file; {@code -} is standard output. */
    Path file() {
        return output.or(Path.of("-"));
    }

    /** Writes to it, as a whole or not at all. */
    void write(byte[] bytes, Console console) {
        OutputFile.write(bytes, file(), console);
    }

    void write(String text, Console console) {
        write(text.getBytes(StandardCharsets.UTF_8), console);
    }

    /** Whether a file is named. */
    boolean isGiven() {
        return output.isGiven();
    }

    /** Whether it is what this path names; for both, {@code -} is standard output. */
    boolean isSameAs(Path file) {
        return file().toAbsolutePath().normalize().equals(file.toAbsolutePath().normalize());
    }

    /** Whether a person would see it as it is. */
    boolean isTerminal(Console console) {
        return OutputFile.isStdout(file()) && console.isOutputTerminal();
    }
}
