package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A shell entrypoint drops root, and executes a server by setpriv under the filter of the server alone. */
@RequiresTool(
        value = {"strace", "python3", "apt-get", "redis-server", "redis-cli", "memcached"},
        asRoot = true)
class EntrypointIT {
    private static final Path SCRIPTS =
            Path.of("src/test/resources/io/github/strait/live").toAbsolutePath();

    @TempDir
    static Path folder;

    @BeforeAll
    static void prepare() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Outcome.text(folder, "sh", SCRIPTS.resolve("newer-setpriv.sh").toString(), folder.toString());
        Path strait = folder.resolve("bin/strait");
        Files.writeString(
                strait,
                "#!/bin/sh\nexec " + Path.of(System.getProperty("java.home"), "bin", "java")
                        + " -XX:TieredStopAtLevel=1 -cp " + System.getProperty("java.class.path")
                        + " io.github.strait.cli.Main \"$@\"\n");
        Files.setPosixFilePermissions(strait, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What the entrypoint did before is not allowed any more; setpriv's own calls cost a few. */
    @ParameterizedTest
    @ValueSource(strings = {"redis-server", "memcached"})
    void aServerWorksUnderTheFilterOfItsOwnCalls(String server) throws Exception {
        Path here = Files.createDirectory(folder.resolve(server));
        Files.setPosixFilePermissions(here, PosixFilePermissions.fromString("rwxr-xr-x"));
        Outcome outcome = Outcome.of(
                here,
                List.of(
                        "env",
                        "PATH=" + folder.resolve("bin") + ":" + System.getenv("PATH"),
                        "sh",
                        SCRIPTS.resolve("entrypoint-run.sh").toString(),
                        here.toString(),
                        server));
        assertEquals(0, outcome.status(), outcome.text());
        Map<String, Integer> allowed = outcome.text()
                .lines()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(words -> words[0], words -> Integer.valueOf(words[1])));
        assertTrue(allowed.get("server") < 0.8 * allowed.get("whole"), outcome.text());
        assertTrue(allowed.get("setpriv") < 0.85 * allowed.get("whole"), outcome.text());
    }
}
