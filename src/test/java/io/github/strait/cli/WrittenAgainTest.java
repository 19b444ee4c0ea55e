package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code merge} and {@code heal} write in place of what they read loses nothing that was beside the profile. */
class WrittenAgainTest {
    private static final String UNIT = """
            [Unit]
            Description=an application
            [Service]
            ExecStart=/usr/bin/app
            SystemCallFilter=@system-service
            SystemCallErrorNumber=EPERM
            """;

    @TempDir
    private Path directory;

    @Test
    void healRefusesAUnit() throws IOException {
        Path unit = Files.writeString(directory.resolve("app.service"), UNIT);
        Result result = Strait.run("heal", "--profile", unit, "--", "true");
        assertEquals(125, result.status());
        assertTrue(
                result.err().startsWith(unit + ": error: holds more than a filter, and heal writes the file again"),
                result.err());
        assertEquals(UNIT, Files.readString(unit));
    }

    @Test
    void mergeKeepsAConfiguration() throws IOException {
        String before = "{\"ociVersion\": \"1.0.2\", \"process\": {\"args\": [\"app\"]}, \"linux\": {\"seccomp\": ";
        Path config = Files.writeString(directory.resolve("config.json"), before + """
                {"defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_X86_64"], "syscalls": [
                 {"names": ["execve"], "action": "SCMP_ACT_ALLOW"}]}, "rootfsPropagation": "slave"}}
                """);
        Path trace = Traces.write(directory, "app.strace", Traces.X86_64);
        Result result = Strait.run("merge", "-q", config, trace);
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().startsWith(before), result.out());
        assertTrue(result.out().endsWith(", \"rootfsPropagation\": \"slave\"}}\n"), result.out());
        assertTrue(result.out().contains("\"openat\""), result.out());
    }

    @Test
    void mergeKeepsTheNameOfADropIn() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("web.service.d"));
        Path trace = Traces.write(directory, "app.strace", Traces.X86_64);
        Path dropIn = folder.resolve("50-seccomp.conf");
        assertEquals(
                0,
                Strait.run("generate", "-q", trace, "--format", "systemd", "-o", dropIn)
                        .status());
        Path more = Traces.write(directory, "more.strace", "10 [  83] mkdir(\"/run/app\", 0755) = 0\n" + Traces.X86_64);
        Result result = Strait.run("merge", "-q", dropIn, more);
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().startsWith("# The seccomp filter of web.service"), result.out());
        assertTrue(result.out().contains("mkdir"), result.out());
    }
}
