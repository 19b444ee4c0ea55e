package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence that is none: each time exit status 2, nothing on stdout, and one line that names the file and the fix. */
class BadEvidenceTest {
    /** As {@code record --known} begins a trace. */
    private static final String RECORDED =
            "# strait-recording/1 {\"kind\":\"command\",\"command\":[\"x\"],\"noNewPrivs\":true}\n" + Traces.X86_64;

    @TempDir
    Path directory;

    @Test
    void aFileThatIsNotThere() throws IOException {
        refused(directory.resolve("gone"), "", "does not exist; name a trace, a directory, or the NAME of -ff -o NAME");
    }

    @Test
    void anEmptyFile() throws IOException {
        refused(write(""), "", "is empty; did strace run");
    }

    @Test
    void aBinaryFile() throws IOException {
        byte[] bytes = new byte[4096];
        new Random(1).nextBytes(bytes);
        refused(
                Files.write(directory.resolve("a.strace"), bytes),
                "",
                "is a binary file, not a trace; record one with");
    }

    @Test
    void anotherText() throws IOException {
        refused(write("Dear all,\nthis is a letter.\n"), "", "contains no strace output; record with");
    }

    @Test
    void theTraceOfAnotherTool() throws IOException {
        refused(
                write("     0.000 ( 0.010 ms): cat/1234 read(fd: 3, buf: 0x7ffd, count: 832) = 832\n"),
                "",
                "is the output of perf trace, not of strace; record with");
        refused(
                write("__libc_start_main(0x401136, 1, 0x7ffd)                    = 0\nputs(\"x\")   = 2\n"),
                "",
                "is the output of ltrace, not of strace; record with");
    }

    @Test
    void aTraceThatWasCutWhileCompressed() throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(whole)) {
            gzip.write(Traces.X86_64.repeat(500).getBytes(StandardCharsets.UTF_8));
        }
        byte[] cut = Arrays.copyOf(whole.toByteArray(), whole.size() / 2);
        refused(
                Files.write(directory.resolve("a.strace.gz"), cut),
                "",
                "if it was cut or damaged, copy or record it again");
    }

    @Test
    void aTraceThatWasCutInALine() throws IOException {
        Path cut = write(Traces.X86_64.substring(0, Traces.X86_64.length() - 40));
        Result result = Strait.run("summarize", cut);
        assertEquals(0, result.status());
        assertTrue(result.out().contains("\"lines\": {\"total\": 6, "), result.out());
    }

    @Test
    void aDirectoryWithoutTraces() throws IOException {
        refused(Files.createDirectory(directory.resolve("none")), "", "is a directory without traces; name the files");
    }

    @Test
    void anObservationOfAnotherSchema() throws IOException {
        refused(
                write("{\"strait\": \"observation/7\", \"evidence\": []}"),
                "",
                "schema is 'observation/7', and this strait reads observation/1 and observation/2; make it again with: strait"
                        + " summarize");
        refused(write("{\"defaultAction\": \"SCMP_ACT_ERRNO\"}"), "", "is a profile, not evidence; name the traces");
        refused(write("{\n\"strait\": \"observation/1\",\n!}"), ":3", "is not the JSON of an observation");
    }

    @Test
    void anArchitectureThatTheTraceContradicts() throws IOException {
        Path trace = write(Traces.X86_64);
        Result result = Strait.run("generate", trace, "--arch", "arm64");
        refused(result, trace.toString(), "");
        assertTrue(result.err().contains("--arch aarch64 cannot be: "), result.err());
        assertTrue(
                result.err().matches("(?s).*a\\.strace:[1-6]: error: .*; leave --arch out or correct it.*"),
                result.err());
    }

    @Test
    void aTargetThatWasNotObserved() throws IOException {
        Path trace = write(Traces.X86_64);
        refused(
                Strait.run("generate", trace, "--target", "x86_64,arm"),
                trace.toString(),
                "nothing was observed on arm, only on x86_64; record there, add --derive, or leave --target out [no-profile]");
    }

    @Test
    void nothingToAllow() throws IOException {
        Path trace = write("10 +++ exited with 0 +++\n10 --- SIGCHLD {si_signo=SIGCHLD} ---\n");
        refused(Strait.run("generate", trace), trace.toString(), "the evidence shows no call at all");
        Path nameless = write("10 [4000] syscall_0xfa0(0x1, 0x2) = -1 ENOSYS (Function not implemented)\n");
        Result result = Strait.run("generate", "-q", "--arch=x86_64", "--no-layer=essential,vdso,runtime", nameless);
        refused(result, nameless.toString(), "only calls without a name");
    }

    @Test
    void oneBadFileAmongGoodOnes() throws IOException {
        Path good = Traces.write(directory, "good.strace", Traces.X86_64);
        Path bad = write("nonsense\n");
        for (Object[] args : new Object[][] {{"generate", good, bad}, {"generate", bad, good}}) {
            refused(Strait.run(args), bad.toString(), "contains no strace output");
        }
    }

    @Test
    void badStandardInput() {
        refused(Strait.runWith("", "generate", "-"), "-", "is empty");
        refused(Strait.runWith("hello\n", "generate", "-"), "-", "contains no strace output");
    }

    /** All commands that read evidence refuse it alike, and leave the output file alone. */
    @Test
    void evidenceIsNoProfile() throws IOException {
        String trace = write(Traces.X86_64).toString();
        Path observation = directory.resolve("observation.json");
        assertEquals(0, Strait.run("summarize", trace, "-q", "-o", observation).status());
        Path zipped = directory.resolve("b.gz");
        try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            gzip.write(Traces.X86_64.getBytes(StandardCharsets.UTF_8));
        }
        Path timed = Traces.write(directory, "timed", "[pid 7] 12:00:00.1 close(3) = -1 EBADF (Bad file descriptor)\n");
        Path recorded = Traces.write(directory, "recorded", RECORDED);
        for (Object evidence : List.of(trace, observation, zipped, timed, recorded)) {
            String fault = evidence + ": error: is evidence, not a profile; make a profile of it with: strait generate"
                    + " [unreadable-profile]\n";
            assertEquals(fault, Strait.run("lint", "-q", evidence).err());
            assertEquals(
                    fault, Strait.run("convert", evidence, "--format", "moby").err());
            assertEquals(
                    fault, Strait.run("check", trace, "--profile", evidence).err());
            assertEquals(2, Strait.run("lint", "-q", evidence).status());
        }
    }

    @Test
    void aProfileIsNotTakenForEvidence() throws IOException {
        String comment = "{\"defaultAction\": \"SCMP_ACT_ALLOW\",\n\"comment\": \"\nread(3) = 0\"}";
        for (String text : List.of("# read(3) = 0\nx86_64\tread\n", "// read(3) = 0\n{}", comment)) {
            String err = Strait.run("lint", Files.writeString(directory.resolve("p"), text))
                    .err();
            assertFalse(err.contains("is evidence"), err);
        }
    }

    private void refused(Path evidence, String line, String what) throws IOException {
        Path profile = Files.writeString(directory.resolve("profile.json"), "old");
        for (Object[] args : new Object[][] {
            {"generate", evidence},
            {"generate", evidence, "-o", profile},
            {"summarize", evidence, "-o", profile},
            {"explain", evidence},
            {"explain", evidence, "read"},
            {"check", evidence, "--profile", profile}
        }) {
            refused(Strait.run(args), evidence + line, what);
        }
        assertEquals("old", Files.readString(profile));
    }

    private static void refused(Result result, String place, String what) {
        assertEquals(2, result.status(), result.toString());
        assertEquals("", result.out());
        assertEquals(1, result.errors().size(), result.err());
        assertTrue(result.err().startsWith(place + ":"), result.err());
        assertTrue(result.err().contains(": error: "), result.err());
        assertTrue(result.err().contains(what), result.err());
        assertFalse(result.err().contains("Exception"), result.err());
    }

    private Path write(String text) throws IOException {
        return Traces.write(directory, "a.strace", text);
    }

    /** Its first line is a comment, as in a list of names. */
    @Test
    void aTraceWithAHeaderIsEvidenceBesideProfilesAndAlone() throws IOException {
        Path recorded = Traces.write(directory, "recorded", RECORDED);
        Path plain = Traces.write(directory, "plain", Traces.X86_64);
        Path profile = directory.resolve("app.json");
        assertEquals(0, Strait.run("generate", plain, "-q", "-o", profile).status());
        assertEquals(0, Strait.run("diff", "-q", recorded, plain).status());
        Strait.Result merged = Strait.run("merge", "-q", profile, recorded);
        assertEquals(0, merged.status(), merged.err());
        assertEquals(Files.readString(profile), merged.out());
        Strait.Result observations = Strait.run("merge", "-q", recorded, plain);
        assertEquals(0, observations.status(), observations.err());
    }
}
