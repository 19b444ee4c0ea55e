package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container does its work although the disk has no room for its trace, and what was written before counts. */
class FullDiskIT {
    @TempDir
    Path folder;

    @Test
    @RequiresTool(
            value = {"runc", "strace", "perl", "busybox", "unshare", "jq"},
            asRoot = true)
    void stopsNoContainer() throws Exception {
        Path root = RootFileSystem.create(folder.resolve("root")).folder();
        Files.createDirectories(root.resolve("sys"));
        Outcome outcome = Namespaces.run(
                "full.sh",
                List.of(Path.of("strait-oci").toAbsolutePath().toString(), root.toString(), folder.toString()));
        assertEquals(0, outcome.status(), outcome.text());
        String room = "; make room, or name another folder with --strait-dir\n";
        String none = "warning: container app starts unrecorded: cannot write to /mnt/traces/app/app-1.strace: "
                + "No space left on device" + room;
        String cut = "warning: container app: its trace is cut" + room;
        assertEquals(
                "done\nstrait-oci: " + none + "done\nstrait-oci: " + cut + none + cut,
                outcome.text().replaceAll("(?m)^\\d{4}-\\S+Z ", ""));

        Strait.Result summary = Strait.run("summarize", folder.resolve("cut"));
        assertEquals(0, summary.status(), summary.err());
        assertTrue(summary.err().contains("[lines-cut]"), summary.err());
        // of the last line there may be too little for a call
        assertTrue(Pattern.compile(", [01] unparsed\\n").matcher(summary.err()).find(), summary.err());
    }
}
