package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Containers of a static busybox, recorded by {@code strait-oci}: they do what they do without it, and start under the profile
 * of their recording with the plain runtime.
 */
class RecordingRuntimeIT {
    @TempDir
    Path folder;

    @Test
    @RequiresTool(
            value = {"podman", "crun", "strace", "perl", "busybox", "unshare", "ip", "script"},
            asRoot = true)
    void podmanWithCrun() throws Exception {
        assertRecords("podman", "crun");
    }

    @Test
    @RequiresTool(
            value = {"podman", "runc", "strace", "perl", "busybox", "unshare", "ip", "script"},
            asRoot = true)
    void podmanWithRunc() throws Exception {
        assertRecords("podman", "runc");
    }

    @Test
    @RequiresTool(
            value = {"docker", "dockerd", "containerd", "runc", "strace", "perl", "busybox", "unshare", "ip", "script"},
            asRoot = true)
    void dockerWithRunc() throws Exception {
        assertRecords("docker", "runc");
    }

    @Test
    @RequiresTool(
            value = {"runc", "strace", "perl", "busybox", "unshare", "ip", "jq"},
            asRoot = true)
    void plainRunc() throws Exception {
        assertRecords("plain", "runc");
    }

    @Test
    @RequiresTool(
            value = {"crun", "runc", "strace", "perl", "busybox", "unshare", "ip", "jq"},
            asRoot = true)
    void plainCrun() throws Exception {
        assertRecords("plain", "crun");
    }

    private void assertRecords(String way, String runtime) throws Exception {
        Outcome recorded = run(way, runtime);
        assertEquals(0, recorded.status(), recorded.text());
        assertEquals(
                Files.readString(folder.resolve("plain")),
                Files.readString(folder.resolve("recorded")),
                recorded.text());
        Path first = folder.resolve("traces").resolve(way.equals("plain") ? "one" : "work-recorded");
        List<Path> traces = traces(first);
        assertEquals(1, traces.size(), traces.toString());
        assertEquals(Set.of(), warned(traces(folder.resolve("traces"))));

        Path profile = folder.resolve("profile.json");
        Strait.Result generated = Strait.run(
                "generate", traces.get(0), "-o", profile, "--runtime", runtime, "--no-new-privs", "--no-layer", "load");
        assertEquals(0, generated.status(), generated.err());
        Outcome under = run(way, runtime, profile.toString());
        assertEquals(0, under.status(), under.text());
        assertEquals(
                "bin\nuid=0 gid=0\nstatus 0\n",
                Files.readString(folder.resolve("under")).replace(" groups=0", ""));
    }

    /** The codes of all warnings; a recorded container is whole evidence. The container that could not start has no trace. */
    private static Set<String> warned(List<Path> traces) {
        Set<String> codes = new TreeSet<>();
        for (Path trace : traces) {
            Strait.Result result = Strait.run("summarize", trace);
            assertEquals(0, result.status(), result.err());
            result.err()
                    .lines()
                    .filter(line -> line.contains("warning"))
                    .map(line -> trace.getFileName() + ": " + line)
                    .forEach(codes::add);
        }
        assertTrue(!traces.isEmpty(), "no traces");
        return codes;
    }

    private static List<Path> traces(Path below) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(file -> file.toString().endsWith(".strace"))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    private Outcome run(String... words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(
                List.of(Path.of("strait-oci").toAbsolutePath().toString(), words[0], words[1], folder.toString()));
        line.addAll(List.of(words).subList(2, words.length));
        return Namespaces.run("oci.sh", line);
    }
}
