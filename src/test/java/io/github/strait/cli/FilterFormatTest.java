package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.bpf.Disassembler;
import io.github.strait.bpf.Emulator;
import io.github.strait.bpf.Program;
import io.github.strait.format.Formats;
import io.github.strait.profile.Profile;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code generate --format bpf} and {@code bpf-asm}. */
class FilterFormatTest {
    private static final String NGINX = "traces/nginx.strace.zst";
    private static final String TERMINAL = "strait.terminal.output";

    @TempDir
    Path folder;

    @Test
    void theFilterDecidesAsTheDocumentOfTheSameTrace() throws IOException {
        Program program = Program.decode(filter("traces/i386.strace.zst"), ByteOrder.LITTLE_ENDIAN);
        Path document = folder.resolve("i386.json");
        Strait.run("generate", "-q", "traces/i386.strace.zst", "-o", document);
        Profile profile =
                Formats.read("i386.json", Files.readAllBytes(document)).profile();
        for (Arch arch : new Arch[] {Arch.X86_64, Arch.X86, Arch.X32, Arch.AARCH64}) {
            for (int number = -2; number < 500; number++) {
                SeccompData call = SeccompData.of(arch, number);
                assertEquals(profile.decide(call), Emulator.run(program, call).decision(), call::toString);
            }
        }
    }

    @Test
    void theListingIsOfTheSameFilter() throws IOException {
        Program program = Program.decode(filter(NGINX), ByteOrder.LITTLE_ENDIAN);
        Strait.Result listing = Strait.run("generate", "-q", NGINX, "--format", "bpf-asm");
        assertEquals(new Strait.Result(0, Disassembler.print(program), ""), listing);
    }

    @Test
    void theLayoutCanBeChosen() {
        String linear = listing("linear");
        String tree = listing("tree");
        assertTrue(linear.contains("ld   nr") && !linear.equals(tree), linear);
        assertEquals(listing("auto"), tree);
        assertEquals(2, Strait.run("generate", NGINX, "--layout", "circle").status());
    }

    @Test
    void verboseTellsTheCost() {
        Strait.Result result = Strait.run("generate", "-v", NGINX, "--format", "bpf-asm");
        assertTrue(result.err().contains("instructions a call over 1258 observed calls [filter-cost]"), result.err());
    }

    /** The launcher says whether standard output is one. */
    @Test
    void bytesAreNotWrittenToATerminal() {
        System.setProperty(TERMINAL, "true");
        try {
            Strait.Result refused = Strait.run("generate", NGINX, "--format", "bpf");
            assertEquals(2, refused.status());
            assertEquals("", refused.out());
            assertTrue(refused.err().contains("name a file with -o, or see --format bpf-asm"), refused.err());
            assertEquals(
                    0,
                    Strait.run("generate", "-q", NGINX, "--format", "bpf-asm").status());
        } finally {
            System.clearProperty(TERMINAL);
        }
    }

    @Test
    void checkComparesFilters() throws IOException {
        Path file = folder.resolve("nginx.bpf");
        Files.write(file, filter(NGINX));
        assertEquals(
                0,
                Strait.run("check", NGINX, "--profile", file, "--format", "bpf").status());
        Files.write(file, filter("traces/i386.strace.zst"));
        Strait.Result drift = Strait.run("check", NGINX, "--profile", file, "--format", "bpf");
        assertEquals(1, drift.status());
        assertTrue(drift.out().contains("is not the filter that the evidence gives now"), drift.out());
    }

    private byte[] filter(String trace) throws IOException {
        Path file = folder.resolve("first.bpf");
        Path again = folder.resolve("again.bpf");
        for (Path target : new Path[] {file, again}) {
            Strait.Result result = Strait.run("generate", "-q", trace, "--format", "bpf", "-o", target);
            assertEquals(new Strait.Result(0, "", ""), result);
        }
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
        return Files.readAllBytes(file);
    }

    private static String listing(String layout) {
        return Strait.run("generate", "-q", NGINX, "--format", "bpf-asm", "--layout", layout)
                .out();
    }
}
