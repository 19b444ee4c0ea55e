package io.github.strait.cli;

import com.google.common.collect.ImmutableList;
import io.github.strait.record.Supervisor;
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
        train(traces);
    }

    /** Runs the commands, in silence, and returns their exit statuses. */
    static ImmutableList<Integer> train(String... traces) {
        ImmutableList.Builder<Integer> statuses = ImmutableList.builder();
        for (String command : List.of("generate", "summarize", "explain")) {
            for (String trace : traces) {
                statuses.add(run(command, trace));
            }
        }
        // where the launcher is told of; it is not there now
        Supervisor.ready(status -> {});
        Supervisor.ending(ExitStatus.DONE);
        return statuses.add(run("generate", "--help")).add(run("--help")).build();
    }

    private static int run(String... args) {
        PrintStream out = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return Main.run(InputStream.nullInputStream(), out, out, args);
    }
}
