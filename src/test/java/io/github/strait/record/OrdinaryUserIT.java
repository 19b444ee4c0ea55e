package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.strait.live.RequiresTool;
import io.github.strait.record.Recording.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recording needs no privileges: strace's part is run here as a user that has none. */
@RequiresTool({"strace", "setpriv"})
class OrdinaryUserIT {
    @TempDir
    Path directory;

    @Test
    void recordsWithoutPrivileges() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path trace = directory.resolve("trace");
        // The classes may lie where only root can read, so the user changes between strait and strace.
        Path dropping = Files.writeString(directory.resolve("strace"), """
                #!/bin/sh
                [ "$1" = -V ] || [ "$(id -u)" != 0 ] || chown -R 65534 %s/.strait-*
                [ "$(id -u)" != 0 ] || exec setpriv --reuid=65534 --regid=65534 --clear-groups strace "$@"
                exec strace "$@"
                """.formatted(directory));
        Files.setPosixFilePermissions(dropping, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> command = ImmutableList.<String>builder()
                .add("sh", "-c", "umask 0; exec \"$@\"", "sh")
                .addAll(Recording.line(trace, "sh", "-c", "id -u | cat; exit 7"))
                .build();
        Outcome outcome = Recording.run(Map.of("STRAIT_STRACE", dropping.toString()), "", command);
        String user = currentUser().equals("0") ? "65534" : currentUser();
        assertEquals(new Outcome(7, user + "\n", ""), outcome);
        assertTrue(Files.readString(trace).contains("+++ exited with 7 +++"));
    }

    private static String currentUser() throws Exception {
        return Recording.run(Map.of(), "", List.of("id", "-u")).out().strip();
    }
}
