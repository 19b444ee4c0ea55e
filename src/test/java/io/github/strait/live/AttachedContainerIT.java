package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.strait.cli.Main;
import io.github.strait.cli.Strait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running container is recorded by its name: its first process, what that forked, and a session of exec. */
class AttachedContainerIT {
    private static final Path SCRIPT = Path.of("src/test/resources/io/github/strait/live/attach.sh");

    @TempDir
    Path folder;

    @Test
    @RequiresTool(
            value = {"podman", "runc", "busybox", "pgrep", "unshare", "ip", "strace"},
            asRoot = true)
    void podman() throws Exception {
        assertRecorded("podman");
    }

    @Test
    @RequiresTool(
            value = {"docker", "dockerd", "containerd", "busybox", "pgrep", "unshare", "ip", "strace"},
            asRoot = true)
    void docker() throws Exception {
        assertRecorded("docker");
    }

    @Test
    void withoutSystemdAUnitIsRefused() {
        if (Files.isDirectory(Path.of("/run/systemd/system"))) {
            assertTrue(Strait.run("record", "--unit", "no-such-unit-at-all")
                    .err()
                    .contains("no unit no-such-unit-at-all.service"));
            return;
        }
        assertEquals(
                "strait: error: there are no units, because systemd does not manage this system; record a container with"
                        + " --container NAME, or a process with --attach PID [no-systemd]\n",
                Strait.run("record", "--unit", "nginx").err());
    }

    private void assertRecorded(String engine) throws Exception {
        ImmutableList<String> command = ImmutableList.<String>builder()
                .add("unshare", "-m", "-u", "-n", "-p", "--fork", "--kill-child", "--mount-proc")
                .add("sh", SCRIPT.toAbsolutePath().toString(), engine, folder.toString())
                .add(Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .add("-XX:TieredStopAtLevel=1", "-cp")
                .add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")))
                .add(Main.class.getName())
                .build();
        Outcome outcome = Outcome.of(Path.of("."), command);
        String said = outcome.text();
        assertTrue(said.contains("recorded 0\n"), said);
        // one of them comes and goes
        assertTrue(
                said.matches(
                        "(?s).*strait: recording [3-6] processes with [3-6] threads of container 'web', and what.*"),
                said);
        assertTrue(said.contains("warning: container 'web' was running already"), said);
        assertTrue(
                said.matches(
                        "(?s).*started in container 'web' from outside, as exec and health checks do, are not recorded: [0-9]+"
                                + " \\(sleep\\); attach while.*"),
                said);
        assertTrue(said.contains("no container 'none' in " + engine + "; see: " + engine + " ps"), said);
        assertTrue(said.contains("refused 125\n"), said);
        assertEquals("hello\n", Files.readString(folder.resolve("served")));
        List<String> lines = Files.readAllLines(folder.resolve("trace"));
        String header = lines.get(0);
        assertTrue(header.startsWith("# strait-recording/1 {"), header);
        for (String part : List.of("\"attached\"", "\"web\"", "strait/box:1", "\"" + engine + " ")) {
            assertTrue(header.contains(part), header);
        }
        Set<String> introduced = lines.stream()
                .filter(line -> line.contains(": attached by strait, program "))
                .map(line -> line.replaceFirst("strace: pid ([0-9]+):.*", "$1"))
                .collect(Collectors.toSet());
        String session = Files.readString(folder.resolve("session")).strip();
        assertTrue(introduced.contains(session), "no child of the first process: " + session + " in " + introduced);
        Map<String, Long> tasks = lines.stream()
                .filter(line -> line.matches("[0-9]+ +\\[.*"))
                .collect(Collectors.groupingBy(line -> line.substring(0, line.indexOf(' ')), Collectors.counting()));
        assertTrue(tasks.size() > 6, "the first ones, a connection, and the dates: " + tasks);
        Strait.Result explained = Strait.run("explain", folder.resolve("trace"), "accept", "exit_group", "openat");
        assertTrue(explained.out().contains("accept on x86_64"), explained.out());
        assertTrue(explained.out().contains("exit_group on x86_64"), explained.out());
    }
}
