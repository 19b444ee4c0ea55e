package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateTest {
    @TempDir
    Path directory;

    private Path trace;
    private Path companion;

    @BeforeEach
    void record() throws IOException {
        trace = Traces.write(directory, "a.strace", Traces.X86_64);
        companion = Traces.write(directory, "b.strace", Traces.X86);
    }

    @Test
    void writesTheProfileOnStdoutAndTheSummaryOnStderr() {
        Result result =
                Strait.run("generate", trace, "--no-layer", "essential,vdso,runtime", "--errno=ENOSYS", "--args=none");
        assertEquals(0, result.status());
        assertEquals("""
                {
                  "defaultAction": "SCMP_ACT_ERRNO",
                  "defaultErrnoRet": 38,
                  "architectures": [
                    "SCMP_ARCH_X86_64"
                  ],
                  "syscalls": [
                    {
                      "names": [
                        "execve",
                        "exit_group",
                        "openat",
                        "read",
                        "write"
                      ],
                      "action": "SCMP_ACT_ALLOW"
                    }
                  ]
                }
                """, result.out());
        assertEquals("""
                1 run, 7 lines: 6 calls, 1 other, 0 unparsed
                  too few runs to say how often one more shows a new call; record 4 or more, each another task
                  x86_64  5 observed + 0 from layers = 5 allowed  (Docker's default allows 309)
                  72 other calls return ENOSYS, so callers fall back
                """, result.err());
    }

    @Test
    void theSummaryIsWrittenForPrograms() throws IOException {
        Path summary = directory.resolve("summary.json");
        Result plain = Strait.run("generate", trace);
        assertEquals(plain, Strait.run("generate", trace, "--summary", summary));
        JsonNode json = new ObjectMapper().readTree(Files.readString(summary));
        assertEquals("summary/1", json.get("strait").textValue());
        assertEquals(6, json.at("/lines/calls").intValue());
        int allowed = json.at("/architectures/x86_64/allowed").intValue();
        assertTrue(plain.err().contains(" = " + allowed + " allowed"), plain.err());
        Path profile = directory.resolve("profile.json");
        Result piped = Strait.run("generate", "-q", trace, "-o", profile, "--summary=-");
        assertEquals(new Result(0, Files.readString(summary), ""), piped);
        assertEquals(plain.out(), Files.readString(profile));
    }

    @Test
    void theSummaryReplacesNothingElse() throws IOException {
        Result both = Strait.run("generate", trace, "--summary", "-");
        assertEquals(2, both.status());
        assertEquals("", both.out());
        assertTrue(both.err().contains("cannot take both the profile and the summary"), both.err());
        Result input = Strait.run("generate", trace, "--summary", trace);
        assertEquals(2, input.status());
        assertTrue(input.err().contains("is also an input of this command"), input.err());
        assertEquals(Traces.X86_64, Files.readString(trace));
        Path profile = directory.resolve("profile.json");
        Result same = Strait.run("generate", trace, "-o", profile, "--summary", profile);
        assertEquals(2, same.status());
        assertFalse(Files.exists(profile));
    }

    /** A folder of traces is united in passing, also of programs that have nothing to do with each other. */
    @Test
    void runsOfDifferentProgramsAreNamed() {
        String err = Strait.run("generate", trace, companion).err();
        assertTrue(err.contains("\n  the runs are of different programs, such as /bin/cat and /opt/demo: "), err);
        assertFalse(Strait.run("generate", trace, trace).err().contains("different programs"));
    }

    @Test
    void aLayerThatIsNamedIsOnEvenWhenItIsAlsoExcluded() {
        String all = Strait.run("generate", trace).out();
        assertEquals(all, Strait.run("generate", trace, "--layer", "vdso").out());
        assertEquals(
                all,
                Strait.run("generate", trace, "--layer=vdso,essential", "--no-layer=vdso")
                        .out());
        assertTrue(all.contains("\"rt_sigreturn\"") && all.contains("\"clock_gettime\""), all);
        String some = Strait.run("generate", trace, "--no-layer", "vdso").out();
        assertTrue(some.contains("\"rt_sigreturn\"") && !some.contains("\"clock_gettime\""), some);
    }

    @Test
    void targetsChooseAmongTheObservedArchitectures() {
        Result both = Strait.run("generate", trace, companion);
        assertTrue(both.out().contains("\"SCMP_ARCH_X86_64\",\n    \"SCMP_ARCH_X86\""), both.out());
        assertTrue(both.err().contains("one document for several architectures is their union"), both.err());
        Result one = Strait.run("generate", trace, companion, "--target", "i386", "--runtime=none");
        assertTrue(one.out().contains("\"SCMP_ARCH_X86\""), one.out());
        assertFalse(one.out().contains("SCMP_ARCH_X86_64") || one.out().contains("\"openat\""), one.out());
        assertFalse(one.err().contains("union"), one.err());
        assertEquals(
                both.out(),
                Strait.run("generate", trace, companion, "--target", "SCMP_ARCH_X86", "--target", "amd64,x86")
                        .out());
    }

    @Test
    void namesKeepsTheArchitecturesApart() {
        Result result =
                Strait.run("generate", trace, companion, "--format", "names", "--no-layer", "essential,vdso,runtime");
        assertEquals("""
                x86_64	execve
                x86_64	exit_group
                x86_64	openat
                x86_64	read
                x86_64	write
                x86	execve
                x86	exit_group
                x86	read
                x86	set_thread_area
                x86	socketcall
                """, result.out());
        assertFalse(result.err().contains("union"), result.err());
    }

    @Test
    void mobyScopesTheCallsOfEachMachine() throws IOException {
        Path other = Traces.write(directory, "c.strace", Traces.AARCH64);
        String json = Strait.run("generate", trace, other, "--format", "moby", "--runtime=none")
                .out();
        assertTrue(json.contains("\"archMap\""), json);
        String amd64 = json.substring(json.indexOf("\"names\""), json.indexOf("\"amd64\""));
        assertTrue(amd64.contains("\"write\"") && amd64.contains("\"comment\": \"observed\""), amd64);
        String arm64 = json.substring(json.lastIndexOf("\"amd64\""));
        assertTrue(arm64.contains("\"openat\"") && !arm64.contains("\"write\""), arm64);
        assertTrue(arm64.contains("\"comment\": \"layer vdso: ") && arm64.contains("\"arm64\""), arm64);
    }

    @Test
    void bothByteOrdersNeedADocumentEach() throws IOException {
        Path big = Traces.write(directory, "s.strace", "40 [ 288] openat(AT_FDCWD, \"/x\", O_RDONLY) = 3\n");
        Path bare = directory.resolve("s.json");
        assertEquals(0, Strait.run("summarize", "--arch=s390x", big, "-o", bare).status());
        Result result = Strait.run("generate", "-q", bare, trace);
        assertEquals(2, result.status());
        assertTrue(result.err().contains("write a profile for each [inexpressible-profile]"), result.err());
        assertEquals(
                0, Strait.run("generate", "-q", bare, trace, "--target=s390x").status());
        assertEquals(
                0, Strait.run("generate", "-q", bare, trace, "--format=moby").status());
    }

    @Test
    void aCallWithoutANameIsReportedAndStaysOut() throws IOException {
        Path odd = Traces.write(
                directory,
                "odd.strace",
                Traces.X86_64 + "10 [4000] syscall_0xfa0(0x1) = -1 ENOSYS (Function not implemented)\n");
        Result result = Strait.run("generate", odd);
        assertEquals(0, result.status());
        assertEquals(Strait.run("generate", trace).out(), result.out());
        assertTrue(
                result.err()
                        .contains(odd + ":8: warning: number 4000 has no name on x86_64 (1 call): a profile cannot name"
                                + " it, so it stays denied [nameless-call]\n"),
                result.err());
        String explained = Strait.run("explain", "-q", odd).out();
        assertTrue(
                explained.contains("  syscall_4000  1 call  " + odd + ":8  not allowed: the number has no name"),
                explained);
    }
}
