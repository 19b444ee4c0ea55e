package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --format c} on the command line. */
class CSourceTest {
    @TempDir
    Path folder;

    /** The listing beside the numbers is that of bpf-asm, with the rules of each ABI apart. */
    @Test
    void theHeaderHasTheFilterOfTheEvidence() throws IOException {
        Path file = folder.resolve("my-demo_seccomp.h");
        assertEquals(
                0,
                Strait.run("generate", "-q", "traces/i386.strace.zst", "--format", "c", "-o", file)
                        .status());
        String listing = Strait.run("generate", "-q", "traces/i386.strace.zst", "--format", "bpf-asm")
                .out();
        String header = Files.readString(file);
        assertEquals(
                listing.lines()
                        .filter(line -> !line.startsWith(";"))
                        .map(String::strip)
                        .toList(),
                header.lines()
                        .filter(line -> line.startsWith("\t{ 0x"))
                        .map(line -> line.replaceFirst(".*/\\* (.*) \\*/", "$1"))
                        .toList());
        assertTrue(header.contains("static const struct sock_filter my_demo_seccomp[]"), header);
    }

    /** A compiler takes the filter of its own machine, so this one's is not added. */
    @Test
    void anotherMachineIsLeftAlone() throws IOException {
        Path file = folder.resolve("arm.json");
        Files.writeString(file, """
                {"defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_AARCH64"],
                 "syscalls": [{"names": ["read"], "action": "SCMP_ACT_ALLOW"}]}""");
        Strait.Result result = Strait.run("convert", file, "--format", "c");
        assertEquals("", result.err());
        assertTrue(result.out().contains("#if (defined(__aarch64__) && !defined(__AARCH64EB__))\n"), result.out());
        assertFalse(result.out().contains("__x86_64__"), result.out());
    }
}
