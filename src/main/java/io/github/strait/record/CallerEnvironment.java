package io.github.strait.record;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The environment of a program that strait starts: that of strait's own caller, before the launcher changed it. */
public final class CallerEnvironment {
    /** What LC_ALL was when the launcher replaced it; empty when it was not set. Absent when it was left alone. */
    private static final String LC_ALL_BEFORE = "STRAIT_LC_ALL";

    private final ImmutableMap<String, String> changes;

    /**
     * The environment of this process with some variables set.
     *
     * @param changes what is set on top of it
     */
    CallerEnvironment(Map<String, String> changes) {
        this.changes = ImmutableMap.copyOf(changes);
    }

    /**
     * Gives LC_ALL its old value and drops the variables that are strait's own. It changes the map in place, because
     * that of a {@link ProcessBuilder} keeps values that are not text in this locale byte for byte.
     */
    public static void restore(Map<String, String> environment) {
        String before = environment.get(LC_ALL_BEFORE);
        if (before != null && before.isEmpty()) {
            environment.remove("LC_ALL");
        } else if (before != null) {
            environment.put("LC_ALL", before);
        }
        environment.keySet().removeIf(name -> name.startsWith("STRAIT_"));
    }

    /** The value of a variable, of strait's own ones too. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(changes.getOrDefault(name, System.getenv(name)));
    }

    /** A process yet to be started, in this environment. */
    ProcessBuilder process(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(changes);
        restore(builder.environment());
        return builder;
    }

    /** Runs a command that reads nothing and prints little, on either stream. */
    Captured capture(List<String> command) throws IOException {
        Process process = process(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        return new Captured(process.onExit().join().exitValue(), output);
    }

    /** What a command printed, and its exit status. */
    record Captured(int exitStatus, String output) {
        String firstLine() {
            return output.lines().findFirst().orElse("").strip();
        }
    }
}
