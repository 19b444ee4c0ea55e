package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Under Podman and Docker programs start, and do their work, with the profile that their traces give for the engine; the
 * profile without the engine's layer does not start them. Each engine is started with folders and namespaces of its own.
 */
class EngineStartIT {
    private static final String SCRIPT = absolute("src/test/resources/io/github/strait/live/engine.sh");
    private static final String RECORDER = absolute("src/main/tools/traces/record-all");
    private static final ImmutableList<String> PROGRAMS = ImmutableList.of("git", "redis");

    @TempDir
    static Path folder;

    @Test
    @RequiresTool(
            value = {"podman", "unshare", "ip", "git", "redis-server", "redis-cli"},
            asRoot = true)
    void podman() throws Exception {
        assertStarts("podman");
    }

    @Test
    @RequiresTool(
            value = {"docker", "dockerd", "containerd", "unshare", "ip", "git", "redis-server", "redis-cli"},
            asRoot = true)
    void docker() throws Exception {
        assertStarts("docker");
    }

    private static void assertStarts(String engine) throws Exception {
        List<Start> starts = new ArrayList<>();
        for (TracedProgram program : TracedProgram.all()) {
            if (PROGRAMS.contains(program.name())) {
                starts.add(new Start(program, engine, false, true));
                starts.add(new Start(program, engine, true, true));
                starts.add(new Start(program, "none", false, false));
            }
        }
        List<String> lines = new ArrayList<>();
        Map<String, Boolean> expected = new TreeMap<>();
        for (Start start : starts) {
            Path profile = Files.write(folder.resolve(engine + lines.size() + ".json"), start.profile());
            lines.add(start.program() + " " + profile + (start.noNewPrivileges() ? " no-new-privileges" : ""));
            expected.put(start.program() + " " + profile, start.works());
        }
        Outcome first = run(engine, lines);
        Map<String, Boolean> worked = worked(first);
        List<String> other = lines.stream()
                .filter(line -> {
                    String start = start(line);
                    return !expected.get(start).equals(worked.get(start));
                })
                .toList();
        if (!other.isEmpty()) {
            // an engine has many steps that may take too long, or a thread of it makes a call in some runs only
            System.out.println("ended otherwise than they should, and are tried again: " + other + "\n" + first.text());
            worked.putAll(worked(run(engine, other)));
        }
        assertEquals(expected, worked);
    }

    /** The program and the profile of a line for the script. */
    private static String start(String line) {
        return line.replaceFirst("^(\\S+ \\S+).*", "$1");
    }

    private static Outcome run(String engine, List<String> lines) throws Exception {
        Path list = Files.write(folder.resolve(engine), lines);
        return Outcome.of(
                Path.of("."),
                List.of(
                        "unshare",
                        "-m",
                        "-u",
                        "-n",
                        "-p",
                        "--fork",
                        "--kill-child",
                        "--mount-proc",
                        "sh",
                        SCRIPT,
                        engine,
                        RECORDER,
                        list.toString()));
    }

    /** Which of the starts worked. */
    private static Map<String, Boolean> worked(Outcome outcome) {
        Map<String, Boolean> worked = new TreeMap<>();
        Pattern.compile("^ran (\\S+ \\S+) (\\d+)$", Pattern.MULTILINE)
                .matcher(outcome.text())
                .results()
                .forEach(ran -> worked.put(ran.group(1), ran.group(2).equals("0")));
        return worked;
    }

    private static String absolute(String path) {
        return Path.of(path).toAbsolutePath().toString();
    }

    /** One start of a program: with the layer of the engine or none, and whether it works. */
    private record Start(TracedProgram program, String layer, boolean noNewPrivileges, boolean works) {
        byte[] profile() {
            return program.profile(
                    noNewPrivileges ? List.of("--runtime", layer, "--no-new-privs") : List.of("--runtime", layer));
        }
    }
}
