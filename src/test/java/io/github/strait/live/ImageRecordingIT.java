package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.strait.cli.Strait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One command records an image, whatever Podman's runtime is, and ends as its container does. */
@RequiresTool(
        value = {"podman", "runc", "crun", "strace", "perl", "busybox", "unshare", "ip"},
        asRoot = true)
class ImageRecordingIT {
    @TempDir
    Path folder;

    @Test
    void withCrun() throws Exception {
        assertRecords("crun");
    }

    @Test
    void withRunc() throws Exception {
        assertRecords("runc");
    }

    /** Runs a script that uses Podman and strait. */
    static Outcome run(String script, String runtime, Path folder) throws Exception {
        return Namespaces.run(
                script,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        System.getProperty("java.class.path"),
                        runtime,
                        folder.toString()));
    }

    private void assertRecords(String runtime) throws Exception {
        Outcome outcome = run("image.sh", runtime, folder);
        assertEquals(0, outcome.status(), outcome.text());
        ImmutableList<String> said = outcome.text()
                .lines()
                .filter(line -> line.matches("hello|work|status \\d+|under \\d+"))
                .collect(ImmutableList.toImmutableList());
        assertEquals(
                List.of(
                        "hello",
                        "status 7",
                        "work",
                        "status 0",
                        "work",
                        "under 0",
                        "status 2",
                        "status 127",
                        "status 3"),
                said,
                outcome.text());
        Path trace = folder.resolve("localhost_strait_busybox_1.strace.zst");
        Strait.Result summary = Strait.run("summarize", trace);
        assertEquals(0, summary.status(), summary.err());
        assertTrue(summary.err().contains("of a container, recorded from its start"), summary.err());
        assertTrue(summary.out().contains("\"runtime\": \"" + runtime + " "), summary.out());
        // under the profile the shell could not fork, and strait has said why
        assertTrue(outcome.text().contains("warning: clone on x86_64 gets EPERM"), outcome.text());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of("app.json", "denied.strace", "localhost_strait_busybox_1.strace.zst"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }
}
