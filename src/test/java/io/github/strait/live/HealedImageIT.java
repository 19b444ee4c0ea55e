package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container runs under a profile until it is denied nothing; what the runtime itself is denied is told apart. */
@RequiresTool(
        value = {"podman", "crun", "strace", "perl", "busybox", "unshare", "ip"},
        asRoot = true)
class HealedImageIT {
    @TempDir
    Path folder;

    @Test
    void sixMissingCallsAreFoundInFourRounds() throws Exception {
        Outcome outcome = ImageRecordingIT.run("heal.sh", "crun", folder);
        String said = outcome.text();
        assertEquals(0, outcome.status(), said);
        assertTrue(said.matches("(?s).*round [2-4] was denied nothing; CMD exited with 0\n.*"), said);
        assertTrue(said.contains("  + getdents64 mkdir rename rmdir unlink wait4\n"), said);
        String before = Files.readString(folder.resolve("before.json"));
        String after = Files.readString(folder.resolve("app.json"));
        for (String name : List.of("getdents64", "mkdir", "rename", "rmdir", "unlink", "wait4")) {
            assertFalse(before.contains("\"" + name + "\""), before);
            assertTrue(after.contains("\"" + name + "\""), after);
        }
        Strait.Result verified = Strait.run(
                "verify",
                folder.resolve("app.json"),
                folder.resolve("all.strace"),
                "--runtime",
                "crun",
                "--no-new-privs");
        assertEquals(0, verified.status(), verified.out() + verified.err());
        assertTrue(said.contains("crun itself makes calls that are denied: capset"), said);
        assertTrue(said.contains("generate the profile with --runtime crun [runtime-denied]"), said);
        // and podman ps names no container that is left
        assertTrue(said.strip().endsWith("status 126"), said);
    }
}
