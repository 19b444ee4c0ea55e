package io.github.strait.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Does what users do every day, for the launcher to see which classes that takes and to archive them. */
final class Training {
    private Training() {}

    /** @param traces files of evidence */
    public static void main(String[] traces) {
        for (String command : List.of("generate", "summarize", "explain")) {
            for (String trace : traces) {
                run(command, trace);
            }
        }
        run("generate", "--help");
        run("--help");
    }

    private static void run(String... args) {
        PrintStream out = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Main.run(InputStream.nullInputStream(), out, out, args);
    }
}
