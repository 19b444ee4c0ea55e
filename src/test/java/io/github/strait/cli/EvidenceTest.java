package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import io.github.strait.cli.Strait.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** What the commands take for evidence, in any mix. */
class EvidenceTest {
    @TempDir
    Path directory;

    private Path trace;
    private String profile;

    @BeforeEach
    void record() throws IOException {
        trace = Traces.write(directory, "a.strace", Traces.X86_64);
        profile = generate(trace);
    }

    @Test
    void standardInput() {
        assertEquals(
                profile, Strait.runWith(Traces.X86_64, "generate", "-q", "-").out());
        String observation = Strait.run("summarize", trace).out();
        assertEquals(profile, Strait.runWith(observation, "generate", "-q", "-").out());
    }

    /** As {@code strait generate <(ssh machine cat trace)} gives it. */
    @Test
    @Timeout(120)
    void aPipeWithAName() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        String text = Traces.X86_64.repeat(2000);
        Thread writer = new Thread(() -> {
            try {
                Files.writeString(pipe, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.start();
        Result result = Strait.run("generate", "-q", pipe);
        writer.join();
        assertEquals(new Result(0, profile, ""), result);
    }

    @Test
    void aDirectoryWithOtherThingsInIt() throws IOException {
        Traces.write(directory, "README", "Traces of the service.\n");
        Traces.write(directory, ".hidden", "");
        Result result = Strait.run("generate", directory);
        assertEquals(0, result.status(), result.err());
        assertEquals(profile, result.out());
        assertTrue(result.err().contains("README: warning: skipped: it contains no strace output"));
    }

    @Test
    void aSetOfFilesByItsNameByItsMembersOrByItsDirectory() throws IOException {
        Path set = Files.createDirectory(directory.resolve("set"));
        String[] lines = Traces.X86_64.replace("10 ", "").split("\n");
        Traces.write(set, "app.10", lines[0] + "\n" + lines[5] + "\n");
        Traces.write(set, "app.9", lines[1] + "\n" + lines[3] + "\n" + lines[4] + "\n");
        String expected = generate(set.resolve("app"));
        assertEquals(profile, expected);
        assertEquals(expected, generate(set));
        assertEquals(expected, generate(set.resolve("app.9"), set.resolve("app.10")));
        Result result = Strait.run("summarize", set.resolve("app"));
        assertTrue(result.out().contains("\"runs\": 1,"), result.out());
    }

    @Test
    void compressedFilesWhateverTheyAreCalled() throws IOException {
        byte[] text = Traces.X86_64.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(text);
        }
        ByteArrayOutputStream xz = new ByteArrayOutputStream();
        try (XZOutputStream out = new XZOutputStream(xz, new LZMA2Options())) {
            out.write(text);
        }
        for (byte[] compressed : new byte[][] {gzip.toByteArray(), xz.toByteArray(), Zstd.compress(text)}) {
            Path file = Files.write(directory.resolve("plain.txt"), compressed);
            assertEquals(profile, generate(file));
            // the same content is the same run
            assertTrue(Strait.run("summarize", trace, file).out().contains("\"runs\": 1,"));
        }
    }

    @Test
    void anObservationStandsForItsTraces() throws IOException {
        Path companion = Traces.write(directory, "b.strace", Traces.X86);
        Path observation = directory.resolve("ab.json");
        assertEquals(
                0, Strait.run("summarize", trace, companion, "-o", observation).status());
        for (String format : new String[] {"oci", "moby", "names"}) {
            String expected = Strait.run("generate", "-q", trace, companion, "--format", format)
                    .out();
            assertEquals(
                    expected,
                    Strait.run("generate", "-q", observation, "--format", format)
                            .out());
            assertEquals(
                    expected,
                    Strait.run("generate", "-q", observation, trace, "--format", format)
                            .out());
        }
        assertEquals(
                Strait.run("explain", trace, companion).out(),
                Strait.run("explain", observation).out());
        assertEquals(
                Files.readString(observation),
                Strait.run("summarize", observation, trace).out());
    }

    @Test
    void theSummaryKeepsTheContract() throws IOException {
        Path companion = Traces.write(directory, "b.strace", Traces.X86);
        String json = Strait.run("summarize", trace, companion).out();
        assertTrue(json.startsWith("""
                {
                  "strait": "observation/1",
                  "runs": 2,
                  "runsAlone": 2,
                  "lines": {"total": 13, "calls": 11, "other": 2, "unparsed": 0},
                  "architectures": {
                    "x86_64": {
                      "proof": "proven",
                      "runs": 2,
                      "runsAlone": 1,
                      "syscalls": {
                        "execve": {"count": 1, "runs": 1},
                        "exit_group": {"count": 1, "runs": 1},
                        "openat": {"count": 2, "runs": 1},
                """), json);
        assertTrue(json.contains("\"socketcall\": {\"count\": 1, \"runs\": 1}"), json);
    }

    @Test
    void aTraceWithoutProofNeedsAnArchitectureOrGetsAWarning() throws IOException {
        Path bare = Traces.write(directory, "bare.strace", "read(3, \"x\", 1) = 1\nwrite(1, \"x\", 1) = 1\n");
        Result declared = Strait.run("summarize", bare, "--arch", "riscv64");
        assertFalse(declared.err().contains("[abi-assumed]"), declared.err());
        assertTrue(declared.out().contains("\"proof\": \"declared\""), declared.out());
        Result assumed = Strait.run("summarize", bare);
        assertEquals(0, assumed.status());
        assertTrue(assumed.err().contains("[abi-assumed]"), assumed.err());
        assertTrue(assumed.out().contains("\"proof\": \"assumed\""), assumed.out());
    }

    @Test
    void strictTurnsWhatWasNotUnderstoodIntoAFinding() throws IOException {
        Path flawed = Traces.write(directory, "flawed.strace", Traces.FLAWED);
        for (String command : new String[] {"generate", "summarize", "explain"}) {
            Result lenient = Strait.run(command, flawed);
            assertEquals(0, lenient.status());
            assertTrue(lenient.err().startsWith(flawed + ":8: warning: not understood"), lenient.err());
            Result strict = Strait.run(command, "--strict", flawed);
            assertEquals(1, strict.status());
            assertEquals(command.equals("generate") ? "" : lenient.out(), strict.out());
            assertTrue(
                    strict.err()
                            .endsWith("strait: error: the evidence is not good enough for --strict: 1 line"
                                    + " not understood; record it again, or leave out --strict [below-strict]\n"),
                    strict.err());
            assertEquals(0, Strait.run(command, "--strict", trace).status());
        }
    }

    private static String generate(Path... evidence) {
        Object[] args = new Object[evidence.length + 2];
        args[0] = "generate";
        args[1] = "-q";
        System.arraycopy(evidence, 0, args, 2, evidence.length);
        Result result = Strait.run(args);
        assertEquals("", result.err());
        return result.out();
    }
}
