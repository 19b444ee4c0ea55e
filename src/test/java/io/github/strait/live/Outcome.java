package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * How a command ended.
 *
 * @param status its exit status
 * @param text what it printed, on stdout and stderr
 */
record Outcome(int status, String text) {
    /** Nothing here takes a minute on an idle machine. */
    private static final int TIMEOUT_SECONDS = 600;

    /** Runs a command without input. Its output goes through a file, because what it leaves running may hold a pipe. */
    static Outcome of(Path directory, List<String> command) throws IOException, InterruptedException {
        Path text = Files.createTempFile("strait-live-", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(text.toFile())
                    .start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        command + " took over " + TIMEOUT_SECONDS + " s:\n" + Files.readString(text));
            }
            return new Outcome(process.exitValue(), Files.readString(text));
        } finally {
            Files.delete(text);
        }
    }

    /** What a program printed that succeeded: the errno of each call, by the name that it gives it. */
    TreeMap<String, Integer> errnos() {
        assertEquals(0, status, text);
        TreeMap<String, Integer> errnos = new TreeMap<>();
        text.lines().forEach(line -> {
            int space = line.indexOf(' ');
            errnos.put(line.substring(0, space), Integer.valueOf(line.substring(space + 1)));
        });
        return errnos;
    }

    /** The output of a command that must succeed. */
    static String text(Path directory, String... command) throws IOException, InterruptedException {
        Outcome outcome = of(directory, ImmutableList.copyOf(command));
        if (outcome.status() != 0) {
            throw new IllegalStateException(List.of(command) + ": " + outcome);
        }
        return outcome.text();
    }
}
