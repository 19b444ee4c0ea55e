package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.strait.bpf.Instruction;
import io.github.strait.bpf.Program;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.Flag;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a command is started under a filter, and what of that is taken out of the trace. */
class ConfinementTest {
    private static final Program ALLOW = new Program(ImmutableList.of(new Instruction.Return(0x7fff0000)));

    @TempDir
    Path directory;

    private Path program(String name) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private CallerEnvironment environment() {
        return new CallerEnvironment(Map.of("PATH", directory.toString()), false);
    }

    @Test
    void namesTheFilterTheNumbersTheFileAndTheWords() throws Exception {
        Path perl = program("perl");
        Path app = program("app");
        List<String> line = Confinement.of(ALLOW, Arch.X86_64, Set.of(Flag.LOG, Flag.SPEC_ALLOW))
                .command(List.of("app", "--serve", ""), true, environment());
        assertEquals(List.of(perl.toString(), "-f", "-e"), line.subList(0, 3));
        assertEquals(
                List.of(
                        "--",
                        "060000000000ff7f",
                        "6",
                        "157",
                        "317",
                        "59",
                        "3",
                        "1",
                        "-",
                        app.toString(),
                        "0",
                        "app",
                        "--serve",
                        ""),
                line.subList(4, line.size()));
        List<String> other = Confinement.of(ALLOW, Arch.S390X, Set.of(Flag.TSYNC, Flag.WAIT_KILLABLE_RECV))
                .command(List.of(app.toString()), false, environment());
        assertEquals(
                List.of(
                        "--",
                        "000600007fff0000",
                        "1",
                        "172",
                        "348",
                        "11",
                        "6",
                        "0",
                        "-",
                        app.toString(),
                        "0",
                        app.toString()),
                other.subList(4, other.size()));
    }

    @Test
    void withoutPerlOrCommandThereIsNone() throws Exception {
        Confinement confinement = Confinement.of(ALLOW, Arch.X86_64, Set.of());
        program("app");
        RefusalException noPerl =
                assertThrows(RefusalException.class, () -> confinement.command(List.of("app"), true, environment()));
        assertEquals(StartStatus.FAILED, StartStatus.of(noPerl));
        assertEquals("no-perl", noPerl.diagnostic().code());
        program("perl");
        RefusalException noCommand =
                assertThrows(RefusalException.class, () -> confinement.command(List.of("other"), true, environment()));
        assertEquals(StartStatus.NOT_FOUND, StartStatus.of(noCommand));
    }

    @Test
    void whatIsAllowedAnywayIsNotTraced() {
        Confinement all = Confinement.of(ALLOW, Arch.X86_64, Set.of());
        assertEquals(List.of(), all.straceOptions());
        assertEquals(
                List.of("-e", "trace=!?read@64,?write@64"),
                all.passingOver(Set.of("write", "read", "execve", "clone3", "seccomp"))
                        .straceOptions());
        assertEquals(
                List.of("-e", "trace=!?read@32"),
                Confinement.of(ALLOW, Arch.ARM, Set.of())
                        .passingOver(Set.of("read"))
                        .straceOptions());
        assertEquals(List.of(), all.passingOver(Set.of("execve")).straceOptions());
    }

    @Test
    void nobodyAttachesUnderAFilter() {
        RecordOptions attached = RecordOptions.ofAttached(Path.of("t"), List.of(1L));
        Confinement confinement = Confinement.of(ALLOW, Arch.X86_64, Set.of());
        assertThrows(RefusalException.class, () -> attached.under(confinement));
        RecordOptions options =
                RecordOptions.ofCommand(Path.of("t"), List.of("true")).under(confinement);
        assertEquals(Optional.of(confinement), options.under());
        assertEquals(
                Optional.of(confinement),
                options.within(java.time.Duration.ofSeconds(1)).under());
    }

    @Test
    void theTraceBeginsWithTheCommand() throws IOException {
        String script = "7 [  59] execve(\"/usr/bin/perl\", [...], 0x7ffe /* 3 vars */) = 0\n"
                + "7 [ 317] seccomp(0x1 /* SECCOMP_SET_MODE_FILTER */, 0x10, {len=1, filter=0x55}) = -1 EINVAL (Invalid argument)\n";
        String installed = "7 [ 317] seccomp(0x1 /* SECCOMP_SET_MODE_FILTER */, 0, {len=1, filter=0x55}) = 0\n";
        String rest = "7 [  59] execve(\"/bin/a\", [...], 0x55 /* 3 vars */) = 0\n"
                + "7 [ 317] seccomp(0x1 /* SECCOMP_SET_MODE_FILTER */, 0, {len=1, filter=0x66}) = 0\n7 cut li";
        Path trace = Files.writeString(directory.resolve("t"), script + installed + rest);
        assertTrue(TraceHeadCut.cut(trace));
        assertEquals(rest, Files.readString(trace));
        Files.writeString(trace, script);
        assertFalse(TraceHeadCut.cut(trace));
        assertEquals(script, Files.readString(trace));
        Files.writeString(trace, "");
        assertFalse(TraceHeadCut.cut(trace));
        try (var files = Files.list(directory)) {
            assertEquals(1, files.count());
        }
    }
}
