package io.github.strait.record;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A recorder in a process of its own, with pipes for its standard streams. */
final class Recording {
    private static final int BOTH = 2;

    private Recording() {}

    /** What came of it; the streams as ISO 8859-1, so that no byte is lost. */
    record Outcome(int exitStatus, String out, String err) {}

    /** The command line of the recorder; it follows {@code TRACE COMMAND...}. */
    static ImmutableList<String> program() {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return ImmutableList.of(
                // a shell ignores these in what it starts in the background, and that is handed down
                "env",
                "--default-signal=INT,QUIT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classes,
                RecordProgram.class.getName());
    }

    static Outcome of(Path trace, String... command) throws Exception {
        return run(Map.of(), "", line(trace, command));
    }

    static List<String> line(Path trace, String... command) {
        return ImmutableList.<String>builder()
                .addAll(program())
                .add(trace.toString())
                .add(command)
                .build();
    }

    /** Runs any command with this input, and these variables set. */
    static Outcome run(Map<String, String> environment, String input, List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("STRAIT_"));
        builder.environment().putAll(environment);
        return finish(builder.start(), input);
    }

    static Outcome finish(Process process, String input) throws Exception {
        String[] streams = new String[BOTH];
        Thread err = new Thread(() -> streams[1] = drain(process.getErrorStream()));
        Thread out = new Thread(() -> streams[0] = drain(process.getInputStream()));
        err.start();
        out.start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.ISO_8859_1));
        }
        int status = process.waitFor();
        out.join();
        err.join();
        return new Outcome(status, streams[0], streams[1]);
    }

    private static String drain(InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
