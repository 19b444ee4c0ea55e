package io.github.strait.cli;

import com.google.common.collect.ImmutableList;
import io.github.strait.record.Supervisor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs typical commands, so the launcher can archive the classes that they load. */
final class Training {
    private Training() {}

    /** @param traces files of evidence */
    public static void main(String[] traces) {
        train(traces);
    }

    /** Runs the commands, in silence, and returns their exit statuses. */
    static ImmutableList<Integer> train(String... traces) {
        ImmutableList.Builder<Integer> statuses = ImmutableList.builder();
        InputStream none = InputStream.nullInputStream();
        OutputStream nowhere = OutputStream.nullOutputStream();
        for (String trace : traces) {
            statuses.add(run(none, nowhere, "generate", trace));
            statuses.add(run(none, nowhere, "explain", trace));
            ByteArrayOutputStream observation = new ByteArrayOutputStream();
            statuses.add(run(none, observation, "summarize", trace));
            statuses.add(run(new ByteArrayInputStream(observation.toByteArray()), nowhere, "summarize", "-"));
        }
        // where the launcher is told of; it is not there now
        Supervisor.ready(status -> {});
        Supervisor.ending(ExitStatus.DONE);
        return statuses.add(run(none, nowhere, "generate", "--help"))
                .add(run(none, nowhere, "--help"))
                .build();
    }

    private static int run(InputStream in, OutputStream out, String... args) {
        PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return Main.run(in, new PrintStream(out, true, StandardCharsets.UTF_8), silent, args);
    }
}
