package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Podman says which architectures an image is for, and of which release it is. */
@RequiresTool(
        value = {"podman", "crun", "busybox", "unshare", "tar", "perl"},
        asRoot = true)
class ImagePlatformsIT {
    @TempDir
    Path folder;

    @Test
    void profilesAreForAllOfAnImage() throws Exception {
        Files.writeString(folder.resolve("app.strace"), """
                10 [  59] execve("/bin/app", ["app"], 0x7ffd /* 3 vars */) = 0
                10 [ 273] set_robust_list(0x7f, 24) = 0
                10 [ 218] set_tid_address(0x7f) = 10
                10 [ 334] rseq(0x7f, 0x20, 0, 0x53053053) = 0
                10 [   2] open("/etc/motd", O_RDONLY) = 3
                10 [ 231] exit_group(0) = ?
                10 +++ exited with 0 +++
                """);
        Outcome outcome = ImageRecordingIT.run("all-of.sh", "crun", folder);
        List<String> statuses = outcome.text()
                .lines()
                .filter(line -> line.matches("status \\d+"))
                .toList();
        assertEquals(List.of("status 0", "status 0", "status 2"), statuses, outcome.text());
        assertEquals(1, count(outcome.text(), "  x86_64 "), outcome.text());
        assertEquals(2, count(outcome.text(), "  aarch64 "), outcome.text());
        assertEquals(
                2,
                count(outcome.text(), "recorded on glibc 2.35 or newer, and the target is debian-11, whose libc"),
                outcome.text());
        assertTrue(outcome.text().contains("no engine says which architectures 'localhost/none:1' is for"));
    }

    private static long count(String text, String words) {
        return text.lines().filter(line -> line.contains(words)).count();
    }
}
