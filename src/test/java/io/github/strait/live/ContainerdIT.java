package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import io.github.strait.cli.Strait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * containerd without Docker starts the recording runtime in place of runc. The containers have the annotations that Kubernetes
 * gives those of a pod, through containerd's CRI plugin.
 */
class ContainerdIT {
    @TempDir
    Path folder;

    @Test
    @RequiresTool(
            value = {"containerd", "ctr", "runc", "strace", "perl", "busybox", "unshare", "ip"},
            asRoot = true)
    void recordsTheContainerOfAPod() throws Exception {
        Path root = RootFileSystem.create(folder.resolve("root")).folder();
        Files.createDirectories(root.resolve("sys"));
        assertEquals("status 0\none\nstatus 7\ninside\n", run(root, List.of()));

        Path traces = folder.resolve("traces");
        assertEquals(List.of("shop_web_app"), names(traces));
        Path app = traces.resolve("shop_web_app");
        List<String> sessions = names(app).stream()
                .map(name -> name.replaceFirst("-exec-\\w+", "-exec"))
                .toList();
        assertEquals(List.of("again-1.strace", "again-exec-1.strace", "app-1.strace"), sessions);

        Path trace = app.resolve("app-1.strace");
        Strait.Result summary = Strait.run("summarize", "-q", trace);
        assertEquals("", summary.err());
        byte[] profile = TracedProgram.generate(
                ImmutableList.of(trace),
                List.of("--runtime", OciRuntime.RUNC.spec(), "--no-new-privs", "--format", "oci"));
        Path file = Files.write(folder.resolve("app.json"), profile);
        assertEquals(
                "one\nstatus 7\nmkdir: can't create directory '/dev/shm/b': Operation not permitted\nstatus 1\n",
                run(root, List.of(file.toString())));
    }

    /** What the containers print, and their statuses. */
    private String run(Path root, List<String> profile) throws IOException, InterruptedException {
        Outcome outcome = Namespaces.run(
                "containerd.sh",
                ImmutableList.<String>builder()
                        .add(Path.of("strait-oci").toAbsolutePath().toString())
                        .add(root.toString(), folder.toString())
                        .addAll(profile)
                        .build());
        assertEquals(0, outcome.status(), outcome.text());
        // ctr says of itself that a status is not 0
        return outcome.text().replaceAll("(?m)^time=.*\n", "");
    }

    private static List<String> names(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
