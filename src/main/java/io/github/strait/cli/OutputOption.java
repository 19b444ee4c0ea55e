package io.github.strait.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the result of a command goes. */
final class OutputOption {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            defaultValue = "-",
            description = "Write the result to FILE (default: standard output).")
    private Path output = Path.of("-");

    /** Writes to it, as a whole or not at all. */
    void write(byte[] bytes, Console console) {
        OutputFile.write(bytes, output, console);
    }

    void write(String text, Console console) {
        write(text.getBytes(StandardCharsets.UTF_8), console);
    }

    /** Whether a person would see it as it is. */
    boolean isTerminal(Console console) {
        return OutputFile.isStdout(output) && console.isOutputTerminal();
    }
}
