package io.github.strait.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.EvidenceReader;
import io.github.strait.syscall.Arch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A trace and its observation side by side are one run, or one of them was altered. */
class SameTraceTest {
    private static final String PROVEN = """
            1 [  59] execve("/bin/a", ["a"], 0x7ffc00000000) = 0
            1 [ 257] openat(AT_FDCWD, "/etc/x", O_RDONLY) = -1 ENOENT (No such file or directory)
            1 [  39] getpid() = 1
            1 [ 231] exit_group(0) = ?
            """;
    private static final String BARE = "read(3, \"x\", 1) = 1\nwrite(1, \"x\", 1) = 1\n";

    @TempDir
    private Path directory;

    private Observation read(Optional<Arch> declared, Path... files) {
        return new EvidenceReader(declared, Arch.X86_64, new ByteArrayInputStream(new byte[0]))
                .read(List.of(files).stream().map(Path::toString).toList())
                .observation();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    /** The observation of a trace, changed everywhere in it, at its head and in its run. */
    private Path altered(Path trace, String from, String to) throws IOException {
        String json = ObservationWriter.write(read(Optional.empty(), trace));
        assertTrue(json.contains(from), json);
        return write("altered.json", json.replace(from, to));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "\"openat\"|\"bpf\"| on x86_64",
                "\"ENOENT\"|\"EPERM\"|openat on x86_64",
                "/bin/a|/bin/b| on x86_64",
                "\"proven\"|\"declared\"|what proves x86_64",
                "\"proven\"|\"assumed\"|what proves x86_64",
                "\"total\": 4, \"calls\": 4, \"other\": 0|\"total\": 5, \"calls\": 4, \"other\": 1|the number of lines",
                "\"id\"|\"marks\": [\"shared-stream\"], \"id\"|the marks",
                "{\"whole\": true, \"tasks\": 1}|{\"whole\": false, \"tasks\": 1, \"missing\": {\"lines-cut\": {\"count\": 1,"
                        + " \"first\": [{\"at\": \"a.strace:4\", \"what\": \"\"}]}}}|what is missing",
            })
    void anAlteredObservationIsNoEvidence(String from, String to, String difference) throws IOException {
        Path trace = write("a.strace", PROVEN);
        Path altered = altered(trace, from, to);
        read(Optional.empty(), altered);
        for (Path[] order : new Path[][] {{trace, altered}, {altered, trace}}) {
            RefusalException e = assertThrows(RefusalException.class, () -> read(Optional.empty(), order));
            assertEquals("altered-evidence", e.diagnostic().code());
            String message = e.diagnostic().message();
            assertTrue(message.contains("a.strace was read twice, and the readings differ in "), message);
            assertTrue(message.contains(difference + ": an observation was edited, or "), message);
        }
    }

    @Test
    void aCopyUnderAnotherNameIsTheSameRun() throws IOException {
        Path a = write("a.strace", PROVEN);
        Path b = write("b.strace", PROVEN);
        Path observation = write("b.json", ObservationWriter.write(read(Optional.empty(), b)));
        assertEquals(1, read(Optional.empty(), a, b, observation).runs().size());
    }

    @Test
    void whatWasDeclaredMayBeAssumedElsewhere() throws IOException {
        Path trace = write("bare.strace", BARE);
        String declared = ObservationWriter.write(read(Optional.of(Arch.RISCV64), trace));
        Path observation = write("bare.json", declared);
        assertEquals(
                List.of(Arch.RISCV64),
                read(Optional.empty(), trace, observation)
                        .architectures()
                        .keySet()
                        .asList());
        Files.writeString(observation, declared.replace("\"write\"", "\"bpf\""));
        assertThrows(RefusalException.class, () -> read(Optional.empty(), trace, observation));
        Files.writeString(observation, declared.replace("\"declared\"", "\"proven\""));
        assertThrows(RefusalException.class, () -> read(Optional.empty(), trace, observation));
    }
}
