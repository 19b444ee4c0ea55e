package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.io.Resources;
import io.github.strait.cli.Strait.Result;
import io.github.strait.derive.DerivedLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Architectures without evidence. */
class DeriveTest {
    private static final String OLD = """
            10 [  59] execve("/bin/app", ["app"], 0x7ffd /* 3 vars */) = 0
            10 [   2] open("/etc/motd", O_RDONLY) = 3
            10 [   0] read(3, "hello", 4096) = 5
            10 [  33] dup2(3, 4) = 4
            10 [ 131] sigaltstack(NULL, NULL) = 0
            10 [ 231] exit_group(0) = ?
            """;

    @TempDir
    private Path directory;

    private Path old;

    @BeforeEach
    void write() throws IOException {
        old = Traces.write(directory, "old.strace", OLD);
    }

    private Path recording(String name) throws IOException {
        byte[] trace = Resources.toByteArray(Resources.getResource(DerivedLayer.class, "recordings/" + name));
        return Files.write(directory.resolve(name), trace);
    }

    private static void assertRun(int status, String out, String err, Result result) {
        assertEquals(new Result(status, out, err).toString(), result.toString());
    }

    @Test
    void withoutTheOptionTheErrorNamesIt() {
        Result result = Strait.run("generate", old, "--target", "aarch64");
        assertEquals(2, result.status());
        assertTrue(
                result.err()
                        .contains(
                                "nothing was observed on aarch64, only on x86_64; record there, add --derive, or leave"
                                        + " --target out"),
                result.err());
    }

    @Test
    void eachCallSaysWhatItFollowsFrom() {
        assertRun(
                0,
                """
                openat on aarch64:
                  layer derived: from x86_64: open, 1 call, first at %1$s:2; libc makes this call where the ABI has no open (measured)
                read on aarch64:
                  layer derived: from x86_64: read, 1 call, first at %1$s:3
                munmap on aarch64:
                  layer derived: at the start on aarch64: ld.so trims what it mapped for 64 KiB alignment (measured)
                """.formatted(old),
                "",
                Strait.run(
                        "explain",
                        old,
                        "--target",
                        "aarch64",
                        "--derive",
                        "-q",
                        "--runtime",
                        "none",
                        "openat",
                        "read",
                        "munmap"));
    }

    @Test
    void theSummaryCountsTheWays() {
        Result result = Strait.run("generate", old, "--target", "aarch64", "--derive", "--runtime", "none");
        assertEquals(0, result.status());
        assertTrue(
                result.err().contains("aarch64  8 derived from x86_64 (4 same, 3 mapped, 1 start-up) + "),
                result.err());
        assertFalse(result.out().contains("\"dup2\""), result.out());
    }

    /** A target with evidence is never topped up: the option changes nothing then. */
    @ParameterizedTest
    @ValueSource(strings = {"oci", "moby", "names"})
    void evidenceIsNotToppedUp(String format) throws IOException {
        Path other = Traces.write(directory, "other.strace", Traces.AARCH64);
        String[] options = {"--target", "x86_64,aarch64", "--format", format};
        Result without = Strait.run("generate", old, other, options[0], options[1], options[2], options[3]);
        Result with = Strait.run("generate", old, other, options[0], options[1], options[2], options[3], "--derive");
        assertEquals(0, without.status());
        assertEquals(without.toString(), with.toString());
    }

    /** What follows for an ABI allows what follows for it; what the evidence's own profile lacks there is a gap. */
    @Test
    void verifyLooksAtWhatFollows() throws IOException {
        Path here = directory.resolve("here.json");
        Path there = directory.resolve("there.json");
        assertEquals(0, Strait.run("generate", old, "-q", "-o", here).status());
        assertEquals(
                0,
                Strait.run("generate", old, "-q", "--target", "aarch64", "--derive", "-o", there)
                        .status());
        String[] options = {"--target", "aarch64", "--derive"};
        assertEquals(
                0,
                Strait.run("verify", there, old, options[0], options[1], options[2])
                        .status());
        Result missing = Strait.run("verify", here, old, options[0], options[1], options[2]);
        assertEquals(1, missing.status());
        assertTrue(missing.out().contains(old + ":4: gap: dup3 on aarch64"), missing.out());
        assertEquals(2, Strait.run("verify", there, old, options[0], options[1]).status());
    }

    /** clone takes its flags in the second register on s390x. */
    @Test
    void conditionsGoByNameAndRegister() throws IOException {
        Path trace = Traces.write(directory, "clone.strace", OLD + """
                10 [  56] clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLD, child_tidptr=0x7f) = 11
                10 [  41] socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3
                """);
        Result s390x = Strait.run(
                "generate", trace, "-q", "--target", "s390x", "--derive", "--runtime", "none", "--no-layer", "vdso");
        assertTrue(
                s390x.out()
                        .replaceAll("\\s+", "")
                        .contains("\"clone\"],\"action\":\"SCMP_ACT_ALLOW\",\"args\":[{\"index\":1,"),
                s390x.out());
        Result mips = Strait.run("explain", trace, "--target", "mips64", "--derive", "--runtime", "none", "socket");
        assertTrue(mips.out().contains("condition: AF_UNIX"), mips.out());
    }

    /** Flags of namespaces, and values without a name, open the call. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "435; clone3({flags=CLONE_NEWUSER, exit_signal=SIGCHLD}, 88) = 12; clone",
                "157; prctl(0x12345 /* PR_??? */, 0, 0, 0, 0) = -1 EINVAL (Invalid argument); prctl",
            })
    void whatIsNotKnownIsNotNarrowed(int number, String call, String opened) throws IOException {
        Path trace = Traces.write(directory, "open.strace", OLD + "10 [ " + number + "] " + call + "\n");
        Result result = Strait.run("explain", trace, "--target", "aarch64", "--derive", "--runtime", "none", opened);
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().contains("condition: none: "), result.out());
    }

    /** The start of a program alone would be a profile that nothing can live with. */
    @Test
    void fromCallsWithoutANameNothingFollows() throws IOException {
        Path trace = Traces.write(directory, "nameless.strace", "10 [ 999] syscall_0x3e7(0x1, 0x2) = -1 ENOSYS\n");
        Path profile = Traces.write(directory, "profile.json", "{\"defaultAction\": \"SCMP_ACT_ERRNO\"}");
        for (Result result : List.of(
                Strait.run("generate", trace, "--arch", "x86_64", "--target", "aarch64", "--derive"),
                Strait.run("verify", profile, trace, "--arch", "x86_64", "--target", "aarch64", "--derive"))) {
            assertEquals(2, result.status());
            assertTrue(
                    result.err().contains(trace + ": error: the evidence shows only calls without a name"),
                    result.err());
        }
    }

    /** What warns of the evidence warns of what follows from it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "audit; only what the profile in force did not allow; openat",
                "partial; 2 calls left out of this recording; openat",
                "socketcall; ; socket",
                "x32; ; openat",
            })
    void poorEvidenceStaysPoor(String kind, String warning, String call) throws IOException {
        Path trace = Traces.write(
                directory,
                kind + ".log",
                switch (kind) {
                    case "audit" -> """
                        type=SECCOMP msg=audit(1700000000.123:45): auid=4294967295 uid=0 gid=0 ses=4294967295 pid=7 comm="app" exe="/app" sig=0 arch=c000003e syscall=2 compat=0 ip=0x7f0f58fc6829 code=0x7ffc0000
                        """;
                    case "partial" ->
                        "# strait-recording/1 {\"kind\": \"command\", \"command\": [\"app\"], \"partial\": true,"
                                + " \"leftOut\": [\"close\", \"write\"]}\n" + OLD;
                    case "socketcall" -> """
                        20 [  11] execve("/bin/app", ["app"], 0xffad /* 3 vars */) = 0
                        20 [ 102] socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3
                        20 [ 252] exit_group(0) = ?
                        """;
                    default -> """
                        10 [1073742344] execve("/bin/app", ["app"], 0x7ffd /* 3 vars */) = 0
                        10 [1073741826] open("/etc/motd", O_RDONLY) = 3
                        10 [1073742055] exit_group(0) = ?
                        """;
                });
        Result result = Strait.run("explain", trace, "--target", "aarch64", "--derive", call);
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().contains("layer derived: from "), result.out());
        assertTrue(warning == null || (result.err() + result.out()).contains(warning), result.toString());
    }

    /** Profiles of x86_64 evidence, and real recordings of the same programs elsewhere. */
    @ParameterizedTest
    @CsvSource({
        "csys_musl, aarch64",
        "nginx, aarch64",
        "sh_pipe, aarch64",
        "sqlite, aarch64",
        "sqlite, riscv64",
        "sqlite, s390x",
        "sqlite, ppc64le",
    })
    void aRealRecordingHasNoGap(String program, String target) throws IOException {
        Path profile = directory.resolve("profile.json");
        Result generated = Strait.run(
                "generate", recording(program + ".x86_64.strace.zst"), "--target", target, "--derive", "-o", profile);
        assertEquals(0, generated.status(), generated.err());
        Result verified =
                Strait.run("verify", profile, recording(program + "." + target + ".strace.zst"), "--arch", target);
        assertEquals(0, verified.status(), verified.out());
        assertTrue(verified.out().contains(": 0 gaps, "), verified.out());
    }

    /** The evidence says which calls socketcall made: they follow, each from its own place, and no others. */
    @Test
    void aMultiplexerIsWhatItMade() throws IOException {
        Path trace = Traces.write(directory, "sockets.strace", """
                7 [  11] execve("/bin/app", ["app"], 0xffd0 /* 3 vars */) = 0
                7 [ 102] socket(AF_UNIX, SOCK_STREAM, 0) = 3
                7 [ 102] connect(3, {sa_family=AF_UNIX, sun_path="/s"}, 110) = 0
                7 [ 252] exit_group(0) = ?
                """);
        assertRun(
                0,
                """
                connect on aarch64:
                  layer derived: from x86: connect by socketcall, 1 call, first at %s:3
                listen on aarch64: not allowed: not observed, and no layer names it
                """.formatted(trace),
                "",
                Strait.run(
                        "explain",
                        trace,
                        "-q",
                        "--target",
                        "aarch64",
                        "--derive",
                        "--runtime",
                        "none",
                        "connect",
                        "listen"));
    }

    /** strace, a program of x86_64, starts a program of x86. */
    @Test
    void theStartOfA32BitProgramIsNoEvidenceOfIt() throws IOException {
        Path trace = Traces.write(directory, "narrow.strace", """
                7 [  59] execve("/bin/app", ["app"], 0x7ffd00001000 /* 3 vars */) = 0
                7 [ Process PID=7 runs in 32 bit mode. ]
                7 [  24] getuid() = 0
                7 [ 102] socket(AF_UNIX, SOCK_STREAM, 0) = 3
                7 [ 252] exit_group(0) = ?
                """);
        Result derived = Strait.run("generate", trace, "--target", "aarch64", "--derive", "--runtime", "none");
        assertTrue(derived.err().contains(" derived from x86 ("), derived.err());
        assertTrue(derived.out().contains("\"socket\""), derived.out());
    }

    /** strace's own call does not stand for the program where the target is strace's ABI. */
    @Test
    void theAbiOfStraceFollowsToo() throws IOException {
        Path trace = Traces.write(directory, "narrow.strace", """
                7 [  59] execve("/bin/app", ["app"], 0x7ffd00001000 /* 3 vars */) = 0
                7 [ Process PID=7 runs in 32 bit mode. ]
                7 [ 199] getuid32() = 0
                7 [ 102] socket(AF_UNIX, SOCK_STREAM, 0) = 3
                7 [ 252] exit_group(0) = ?
                """);
        Result derived = Strait.run(
                "generate", trace, "--target", "x86_64", "--derive", "--runtime", "none", "--format", "names");
        assertTrue(derived.err().contains(" derived from x86 ("), derived.err());
        for (String call : List.of("execve", "getuid", "socket", "arch_prctl")) {
            assertTrue(derived.out().contains("x86_64\t" + call + "\n"), derived.out());
        }
        Path profile = directory.resolve("narrow.json");
        Strait.run("generate", trace, "--target", "x86_64", "--no-layer", "essential", "-o", profile);
        Result verified = Strait.run("verify", profile, trace, "--target", "x86_64", "--derive");
        assertEquals(1, verified.status(), verified.err());
        assertTrue(verified.out().contains("socket"), verified.out());
        Result without = Strait.run("generate", trace, "--target", "x86_64", "--runtime", "none", "--format", "names");
        assertFalse(without.out().contains("socket"), without.out());
    }

    /** A 64-bit shell and a 32-bit program, for a machine that has one width. */
    @Test
    void programsOfAnotherWidthAreNotLeftOutInSilence() throws IOException {
        Path trace = Traces.write(directory, "both.strace", """
                7 [  59] execve("/bin/sh", ["sh"], 0x7ffd00001000 /* 3 vars */) = 0
                7 [  12] brk(NULL) = 0x55d0c0a00000
                7 [  59] execve("/bin/app", ["app"], 0x55d0c0a01000 /* 3 vars */) = 0
                7 [ Process PID=7 runs in 32 bit mode. ]
                7 [ 199] getuid32() = 0
                7 [ 252] exit_group(0) = ?
                """);
        String warning =
                "aarch64 follows from x86_64 alone, and not from x86, from which 2 more would follow: exit_group getuid;";
        Result alone = Strait.run("generate", trace, "--target", "aarch64", "--derive");
        assertTrue(alone.err().contains(warning), alone.err());
        Path profile = directory.resolve("both.json");
        assertEquals(0, Strait.run("generate", trace, "-o", profile).status());
        Result verified = Strait.run("verify", profile, trace, "--target", "aarch64", "--derive");
        assertTrue(verified.err().contains(warning), verified.err());
        Result both = Strait.run("generate", trace, "--target", "aarch64,arm", "--derive");
        assertFalse(both.err().contains("left-out"), both.err());
    }

    /** 32-bit programs, started by 64-bit ones: each ABI follows from the one of its width. */
    @ParameterizedTest
    @ValueSource(strings = {"c32_chain", "c32_csys"})
    void widthsFollowFromTheirOwn(String program) throws IOException {
        Path profile = directory.resolve("profile.json");
        Path here = recording(program + ".x86.strace.zst");
        Result generated =
                Strait.run("generate", here, "--arch", "x86_64", "--target", "aarch64,arm", "--derive", "-o", profile);
        assertTrue(generated.err().contains("derived from x86 ("), generated.err());
        assertTrue(generated.err().contains("derived from x86_64 ("), generated.err());
        Result verified = Strait.run("verify", profile, recording(program + ".arm.strace.zst"), "--arch", "aarch64");
        assertTrue(verified.out().contains(": 0 gaps, "), verified.out());
    }
}
