package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Units of systemd where commands take a profile. */
class UnitProfileTest {
    private static final String UNIT = """
            [Unit]
            Description=The application (all of it) = 1
            [Service]
            ExecStart=/usr/bin/app
            SystemCallArchitectures=native
            SystemCallFilter=~reboot
            """;

    @TempDir
    Path directory;

    private Path unit = Path.of("");
    private Path dropIns = Path.of("");

    @BeforeEach
    void write() throws IOException {
        unit = Files.writeString(directory.resolve("app.service"), UNIT);
        dropIns = Files.createDirectory(directory.resolve("app.service.d"));
        Files.writeString(dropIns.resolve("20-b.conf"), "[Service]\nSystemCallFilter=~swapon:EPERM\n");
        Files.writeString(dropIns.resolve("10-a.conf"), "# nothing but\n[Service]\nSystemCallFilter=~mount \\");
        Files.writeString(dropIns.resolve("05-empty.conf"), "# nothing\n");
        Files.writeString(dropIns.resolve(".hidden.conf"), "nonsense");
        Files.writeString(dropIns.resolve("90-off.conf.bak"), "nonsense");
    }

    /** What a command on this machine's ABI says of each of the calls that the files name. */
    private static Result converted(Object file) {
        return Strait.run("convert", file, "--format", "oci", "--arch", "x86_64");
    }

    @Test
    void aUnitIsReadWithTheDropInsBesideIt() {
        Result result = converted(unit);
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().contains("\"defaultAction\": \"SCMP_ACT_ALLOW\""), result.out());
        assertTrue(result.out().contains("\"swapon\""), result.out());
        assertTrue(result.out().matches("(?s).*\"mount\",\\s+\"reboot\".*"), result.out());
        assertEquals("", result.err());
    }

    @Test
    void theFolderAndASingleFileAreReadToo() {
        Result folder = converted(dropIns);
        assertTrue(folder.out().contains("\"mount\""), folder.err());
        assertTrue(folder.out().contains("\"swapon\""), folder.out());
        assertTrue(!folder.out().contains("\"reboot\""), folder.out());
        assertTrue(
                folder.err().contains("10-a.conf:3: warning: ") && folder.err().contains("[drop-in-adds]"),
                folder.err());
        Result single = converted(dropIns.resolve("20-b.conf"));
        assertTrue(single.out().contains("\"swapon\"") && !single.out().contains("\"mount\""), single.out());
    }

    @Test
    void whatSystemctlPrintsIsReadFromStandardInput() {
        String text = "# /lib/systemd/system/app.service\n" + UNIT
                + "\n# /etc/systemd/system/app.service.d/10-a.conf\n[Service]\nSystemCallFilter=~mount\n"
                + "\n# /etc/systemd/system/app.service.d/20-b.conf\n[Service]\nSystemCallFilter=~swapon:EPERM\n";
        Result result = Strait.runWith(text, "convert", "-", "--format", "oci", "--arch", "x86_64");
        assertEquals(converted(unit), result);
        Result diff = Strait.runWith(text, "diff", "-", unit);
        assertEquals(0, diff.status(), diff.out() + diff.err());
    }

    @Test
    void everyCommandTakesUnits() throws IOException {
        Path trace = Files.writeString(
                directory.resolve("app.strace"),
                "1 execve(\"/usr/bin/app\", [\"app\"], 0x7ffd /* 1 var */) = 0\n1 mount(\"a\", \"b\", NULL, 0, NULL) = 0\n1 +++ exited with 0 +++\n");
        Result verified = Strait.run("verify", unit, trace);
        assertEquals(1, verified.status(), verified.err());
        assertTrue(verified.out().contains("mount"), verified.out());
        Result warned = Strait.run("lint", dropIns);
        assertTrue(warned.err().contains("[drop-in-adds]"), warned.err());
        Result linted = Strait.run("lint", unit);
        assertTrue(linted.out().contains("default-allow"), linted.out() + linted.err());
        Result same = Strait.run("diff", unit, dropIns);
        assertTrue(same.out().contains("reboot"), same.out() + same.err());
        Path other = Files.writeString(directory.resolve("other.service"), UNIT.replace("reboot", "reboot swapon"));
        Result merged = Strait.run("merge", unit, other);
        assertTrue(merged.out().contains("\"reboot\""), merged.err());
        assertTrue(!merged.out().contains("\"mount\""), merged.out());
    }

    @Test
    void aListOfAllowedCallsSaysWhatSystemdAdds() throws IOException {
        Path file = Files.writeString(
                directory.resolve("list.conf"), "[Service]\nSystemCallFilter=\nSystemCallFilter=@io-event read\n");
        Result result = Strait.run("convert", file, "--format", "oci", "--verbose");
        assertTrue(result.out().contains("\"epoll_wait\"") && result.out().contains("\"execve\""), result.out());
        assertTrue(result.err().contains("list.conf: note: systemd itself adds the calls of @default"), result.err());
        assertTrue(result.err().contains("list.conf: note: groups of calls are those of "), result.err());
    }

    /** The place is that of the drop-in, and nothing is written. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SystemCallFilter=~mouunt",
                "SystemCallFilter=@nothing",
                "SystemCallfilter=read",
                "[Unit]\nSystemCallFilter=read"
            })
    void faultsOfDropInsAreRefused(String lines) throws IOException {
        Files.writeString(dropIns.resolve("30-c.conf"), "[Service]\n" + lines + "\n");
        for (List<Object> words : List.<List<Object>>of(
                List.of("convert", unit, "--format", "oci"), List.of("lint", unit), List.of("lint", dropIns))) {
            Result result = Strait.run(words.toArray());
            assertEquals(2, result.status(), result.err());
            assertEquals("", result.out());
            assertEquals(1, result.err().lines().count(), result.err());
            int line = lines.startsWith("[") ? 3 : 2;
            assertTrue(result.err().contains("app.service.d/30-c.conf:" + line + ": error: "), result.err());
        }
    }

    @Test
    void aDropInWithoutASectionIsRefused() throws IOException {
        Files.writeString(dropIns.resolve("30-c.conf"), "# first\n\nSystemCallFilter=~read\n");
        Result result = converted(unit);
        assertEquals(2, result.status());
        assertTrue(result.err().contains("30-c.conf: error: does not begin with a [Section]"), result.err());
    }

    @Test
    void otherFilesAreNotUnits() throws IOException {
        Result plain = converted(Files.writeString(directory.resolve("x.service"), "[Unit]\nDescription=x\n"));
        assertEquals(2, plain.status());
        assertTrue(plain.err().contains("x.service: error: sets no SystemCallFilter="), plain.err());
        Result array = converted(Files.writeString(directory.resolve("x.json"), "[1]\n"));
        assertEquals(2, array.status());
        assertTrue(!array.err().contains("SystemCallFilter"), array.err());
        Result folder = converted(Files.createDirectory(directory.resolve("other.d")));
        assertTrue(folder.err().contains("is a directory"), folder.err());
    }

    /** systemd starts the program, and calls less than an engine of containers. */
    @Test
    void theStarterIsSystemd() throws IOException {
        Path file = Files.writeString(
                directory.resolve("list.conf"), "[Service]\nSystemCallFilter=\nSystemCallFilter=read write\n");
        Result usual = Strait.run("lint", file);
        assertTrue(!usual.out().contains("runc"), usual.out());
        Result docker = Strait.run("lint", "--runtime=docker", file);
        assertTrue(docker.out().contains("runc"), docker.out() + docker.err());
        Path trace = Files.writeString(
                directory.resolve("app.strace"),
                "1 execve(\"/usr/bin/app\", [\"app\"], 0x7ffd /* 1 var */) = 0\n1 exit_group(0) = ?\n1 +++ exited with 0 +++\n");
        assertTrue(!Strait.run("verify", file, trace).out().contains("no container starts"));
        Result verified = Strait.run("verify", "--runtime=docker", file, trace);
        assertTrue(verified.out().contains("no container starts"), verified.out() + verified.err());
    }
}
