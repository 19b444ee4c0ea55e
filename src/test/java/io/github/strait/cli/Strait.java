package io.github.strait.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs the program as the function that it is. */
public final class Strait {
    /** What one call of the program gave. */
    public record Result(int status, String out, String err) {
        /** Lines on standard error. */
        List<String> errors() {
            return err.lines().toList();
        }
    }

    private Strait() {}

    public static Result run(Object... args) {
        return runWith("", args);
    }

    static Result runWith(String stdin, Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = run(stdin, out, err, args);
        return new Result(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Everything in one stream, as on a terminal. */
    static Result runMerged(Object... args) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        return new Result(run("", both, both, args), both.toString(StandardCharsets.UTF_8), "");
    }

    private static int run(String stdin, OutputStream out, OutputStream err, Object... args) {
        String[] words = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            words[i] = args[i].toString();
        }
        return Main.run(
                new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)), stream(out), stream(err), words);
    }

    static PrintStream stream(OutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
