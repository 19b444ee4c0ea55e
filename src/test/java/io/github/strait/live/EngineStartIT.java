package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Under Podman and Docker programs start, and do their work, with the profile that their traces give for the engine; the
 * profile without the engine's layer does not start them. Each engine is started with folders and namespaces of its own.
 */
class EngineStartIT {
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
        Engine in = new Engine(engine, folder);
        Outcome first = in.run(lines);
        Map<String, Boolean> worked = Engine.worked(first);
        List<String> other = lines.stream()
                .filter(line -> {
                    String start = start(line);
                    return !expected.get(start).equals(worked.get(start));
                })
                .toList();
        if (!other.isEmpty()) {
            // an engine has many steps that may take too long, or a thread of it makes a call in some runs only
            System.out.println("ended otherwise than they should, and are tried again: " + other + "\n" + first.text());
            worked.putAll(Engine.worked(in.run(other)));
        }
        assertEquals(expected, worked);
    }

    /** The program and the profile of a line for the script. */
    private static String start(String line) {
        return line.replaceFirst("^(\\S+ \\S+).*", "$1");
    }

    /** One start of a program: with the layer of the engine or none, and whether it works. */
    private record Start(TracedProgram program, String layer, boolean noNewPrivileges, boolean works) {
        byte[] profile() {
            return program.profile(
                    noNewPrivileges ? List.of("--runtime", layer, "--no-new-privs") : List.of("--runtime", layer));
        }
    }
}
