package io.github.strait.cli;

import com.google.common.collect.ImmutableList;
import io.github.strait.record.Supervisor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Runs typical commands, so the launcher can archive the classes that they load, and what the JVM learns of their methods. */
final class Training {
    /** Enough for the optimising compiler to have compiled what most lines go through. */
    private static final int ROUNDS = 8;

    private Training() {}

    /** @param arguments files of evidence, after the word {@code large} to train for large evidence */
    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals("large")) {
            trainLarge(ROUNDS, Arrays.copyOfRange(arguments, 1, arguments.length));
        } else {
            train(arguments);
        }
    }

    /** Also reads the evidence many times, and returns the exit statuses. */
    static ImmutableList<Integer> trainLarge(int rounds, String... traces) {
        ImmutableList.Builder<Integer> statuses = ImmutableList.builder();
        statuses.addAll(train(traces[0]));
        for (int i = 0; i < rounds; i++) {
            for (String trace : traces) {
                statuses.add(run(InputStream.nullInputStream(), OutputStream.nullOutputStream(), "summarize", trace));
            }
        }
        return statuses.build();
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
