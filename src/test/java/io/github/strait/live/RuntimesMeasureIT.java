package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The rows of {@code runtimes.tsv} and {@code runtime-arguments.tsv} against the installed runtimes: a new version that
 * needs another call or value shows here.
 */
@RequiresTool(
        value = {"runc", "crun", "lxc-start", "systemctl", "strace", "gcc", "python3", "unshare"},
        asRoot = true)
class RuntimesMeasureIT {
    @Test
    void theInstalledRuntimesNeedNoMoreThanTheirRows() throws Exception {
        Outcome outcome = Outcome.of(Path.of("."), List.of("src/main/tools/runtimes/measure", "--check"));
        assertEquals(0, outcome.status(), outcome.text());
    }
}
