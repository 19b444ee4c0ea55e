package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command verify. */
class VerifyTest {
    private static final Path DOCKER = Path.of("src/test/resources/io/github/strait/lint/docker-like.json");

    @TempDir
    Path directory;

    static List<Path> recordings() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("traces"))) {
            return files.sorted().toList();
        }
    }

    private Path profile(Path trace) throws IOException {
        Result generated = Strait.run("-q", "generate", trace);
        assertEquals(0, generated.status(), generated.err());
        return Files.writeString(directory.resolve("profile.json"), generated.out());
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void aProfileDeniesNothingOfItsOwnEvidence(Path trace) throws IOException {
        Result result = Strait.run("verify", profile(trace), trace);
        assertEquals(0, result.status(), result.out());
        assertTrue(result.out().contains(" replayed: 0 gaps, 0 undecided"), result.out());
        assertEquals("", result.err());
    }

    @Test
    void aCallThatIsTakenOutIsTheOnlyGap() throws IOException {
        Path trace = Path.of("traces/nginx.strace.zst");
        Path profile = profile(trace);
        String text = Files.readString(profile);
        assertTrue(text.contains("\"epoll_ctl\","));
        Files.writeString(profile, text.replace("\"epoll_ctl\",", ""));
        Result result = Strait.run("verify", profile, trace);
        assertEquals(1, result.status());
        assertEquals(
                "traces/nginx.strace.zst:807: gap: epoll_ctl on x86_64 gets EPERM; 32 calls by /usr/sbin/nginx",
                result.out().lines().findFirst().orElseThrow());
        assertTrue(result.out().contains(": 1 gap, 0 undecided\n"), result.out());
    }

    /** What a container under it gets: runc answers ENOSYS to clone3, and libc makes do with clone. */
    @ParameterizedTest
    @MethodSource("recordings")
    void dockersDefaultDeniesCloneThreeAlone(Path trace) throws IOException {
        Result result = Strait.run("-q", "verify", DOCKER, trace);
        List<String> findings = result.out()
                .lines()
                .filter(line -> line.contains(": gap: ") || line.contains(": undecided: "))
                .toList();
        assertTrue(
                findings.stream().allMatch(line -> line.contains(": gap: clone3 on x86") && line.contains("ENOSYS")));
        assertEquals(findings.isEmpty() ? 0 : 1, result.status());
    }

    @Test
    void capabilitiesAndKernelCount() throws IOException {
        Path trace = Traces.write(directory, "a.strace", """
                10 [  59] execve("/bin/a", [...], 0x7ffd /* 3 vars */) = 0
                10 [ 101] ptrace(0x10 /* PTRACE_ATTACH */, 11) = 0
                10 [ 165] mount("a", "b", "c", 0, NULL) = 0
                10 [ 231] exit_group(0) = ?
                """);
        assertEquals(1, Strait.run("-q", "verify", DOCKER, trace).status());
        assertEquals(
                0,
                Strait.run("-q", "verify", DOCKER, trace, "--caps", "default,SYS_ADMIN")
                        .status());
        Result old = Strait.run("-q", "verify", DOCKER, trace, "--caps", "SYS_ADMIN", "--kernel", "4.4");
        assertEquals(1, old.status());
        assertTrue(old.out().contains(":2: gap: ptrace on x86_64 gets EPERM; 1 call by /bin/a\n"), old.out());
        assertTrue(Strait.run("verify", DOCKER, trace).err().contains("[resolved-for-a-machine]"));
    }

    @Test
    void aListOfNamesIsAProfileForEachAbi() throws IOException {
        Path names = Traces.write(
                directory,
                "app.names",
                "x86_64\texecve\nx86_64\topenat\nx86_64\tread\nx86_64\twrite\nx86_64\texit_group\nx86\tread\n");
        Path trace = Traces.write(directory, "a.strace", Traces.X86_64);
        Path other = Traces.write(directory, "b.strace", Traces.AARCH64);
        assertEquals(0, Strait.run("verify", names, trace).status());
        Result result = Strait.run("verify", names, trace, other);
        assertEquals(1, result.status());
        assertTrue(
                result.out().contains("b.strace:1: gap: execve on aarch64 kills the thread; 1 call by"), result.out());
    }

    @Test
    void jsonSaysTheSame() throws IOException {
        Path trace = Traces.write(directory, "a.strace", Traces.X86_64);
        Path profile = Traces.write(directory, "p.json", """
                {"defaultAction": "SCMP_ACT_KILL_PROCESS", "architectures": ["SCMP_ARCH_X86_64"], "syscalls": [
                  {"names": ["execve", "openat", "ptrace", "exit"], "action": "SCMP_ACT_ALLOW"},
                  {"names": ["read"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38},
                  {"names": ["exit_group", "write"], "action": "SCMP_ACT_ALLOW",
                   "args": [{"index": 0, "op": "SCMP_CMP_LE", "value": 0}]}
                ]}
                """);
        Result result = Strait.run("verify", "--minimal", "--format", "json", profile, trace);
        assertEquals(1, result.status());
        JsonNode json = new ObjectMapper().readTree(result.out());
        assertEquals("verify/1", json.get("strait").asText());
        assertEquals(6, json.get("calls").asInt());
        JsonNode gap = json.get("gaps").get(0);
        assertEquals("read", gap.get("syscall").asText());
        assertEquals("ENOSYS", gap.get("answers").get(0).get("errno").asText());
        assertEquals(trace + ":4", gap.get("first").asText());
        JsonNode write = json.get("gaps").get(1);
        assertEquals("write", write.get("syscall").asText());
        assertEquals("1, _, _", write.get("arguments").asText());
        assertEquals(
                "SCMP_ACT_KILL_PROCESS",
                write.get("answers").get(0).get("action").asText());
        assertEquals(2, json.get("gaps").size());
        assertEquals(
                "{\"\":[\"ptrace\"],\"essential\":[\"exit\"]}",
                json.get("slack").get("x86_64").toString());
        assertEquals(1, json.get("crossValidation").get("runs").asInt());
        assertEquals(6, json.get("parts").size());
        assertEquals(result, Strait.run("verify", "--minimal", "--format", "json", profile, trace));
    }

    @Test
    void minimalNamesTheNeedOfEachCallAndWhatHasNone() throws IOException {
        Path trace = Traces.write(directory, "a.strace", Traces.X86_64);
        Path other = Traces.write(
                directory,
                "b.strace",
                Traces.X86_64.replace("read(", "pread64(").replace("[   0]", "[  17]"));
        Path profile = Traces.write(directory, "p.json", """
                {"defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_X86_64"], "syscalls": [
                  {"names": ["execve", "exit_group", "openat", "pread64", "ptrace", "read", "restart_syscall", "write"],
                   "action": "SCMP_ACT_ALLOW"}
                ]}
                """);
        Result result = Strait.run("verify", "--runtime=none", "--minimal", profile, trace, other);
        assertEquals(1, result.status());
        assertTrue(result.out().contains("  pread64     " + other + ":4\n"), result.out());
        assertTrue(result.out().contains("allowed by a layer, and not needed by this evidence: 1\n"), result.out());
        assertTrue(result.out().contains("superfluous: 1\n  ptrace\n"), result.out());
        assertTrue(
                result.out().contains("runs 1 of 2 would have been refused by a profile of the others\n"),
                result.out());
        assertTrue(result.out().contains("  " + other + ": pread64\n"), result.out());
        assertEquals(
                0, Strait.run("verify", "--runtime=none", profile, trace, other).status());
        assertTrue(Strait.run("verify", "--minimal", profile, trace).out().contains("\none run: "));
    }

    @Test
    void theProfileOfARecordingIsMinimal() throws IOException {
        Path trace = Path.of("traces/i386.strace.zst");
        Result result = Strait.run("verify", "--minimal", profile(trace), trace);
        assertTrue(result.out().contains("superfluous: 0\n"), result.out());
        assertEquals(0, result.status());
    }

    /** The evidence of the program is allowed, and the runtime is not. */
    @Test
    void aProfileUnderWhichNoContainerStartsIsAFinding() throws IOException {
        Path trace = Traces.write(directory, "a.strace", Traces.X86_64);
        Path profile = directory.resolve("none.json");
        assertEquals(
                0,
                Strait.run("generate", "--runtime=none", "-q", trace, "-o", profile)
                        .status());
        Result result = Strait.run("verify", profile, trace);
        assertEquals(1, result.status());
        assertTrue(
                result.out()
                        .startsWith(profile + ": does not start: no container starts under this profile: before the"
                                + " program, runc itself makes calls that are denied: "),
                result.out());
        assertTrue(result.out().contains(" replayed: 0 gaps, 0 undecided\n"), result.out());
        assertEquals(0, Strait.run("verify", "--runtime=none", profile, trace).status());
        assertEquals(
                0,
                Strait.run("verify", "--runtime=crun", "--no-new-privs", profile, trace)
                        .status());
        Result json = Strait.run("verify", "--format=json", profile, trace);
        assertEquals(1, json.status());
        assertTrue(json.out().contains("\"starts\": false") || json.out().contains("\"starts\" : false"), json.out());
        assertTrue(json.out().contains("\"no-runtime\""), json.out());
    }

    /** Where no program starts, nothing is said of what starts it. */
    @Test
    void evidenceWithoutAStartAsksForNone() throws IOException {
        Path trace = Traces.write(
                directory, "part.strace", "7 [   0] read(3, \"\", 1) = 0\n7 [   1] write(1, \"\", 0) = 0\n");
        Path profile = directory.resolve("part.json");
        Strait.run("generate", "--runtime=none", "-q", trace, "-o", profile);
        assertEquals(0, Strait.run("-q", "verify", profile, trace).status());
        assertEquals(
                1, Strait.run("-q", "verify", "--runtime=runc", profile, trace).status());
    }

    @Test
    void standardInputIsOneOfBoth() throws IOException {
        Path trace = Traces.write(directory, "a.strace", Traces.X86_64);
        Path profile = profile(trace);
        assertEquals(
                0,
                Strait.runWith(Files.readString(profile), "verify", "-", trace).status());
        assertEquals(0, Strait.runWith(Traces.X86_64, "verify", profile, "-").status());
        Result both = Strait.runWith("", "verify", "-", "-");
        assertEquals(2, both.status());
        assertTrue(both.err().contains("[usage]"), both.err());
    }

    @Test
    void theResultGoesToAFile() throws IOException {
        Path trace = Traces.write(directory, "a.strace", Traces.X86_64);
        Path out = directory.resolve("out.txt");
        assertEquals(new Result(0, "", ""), Strait.run("verify", profile(trace), trace, "-o", out));
        assertTrue(Files.readString(out).startsWith("6 calls replayed: 0 gaps, 0 undecided\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere.json", "strait", "src"})
    void whatIsNoProfileIsTrouble(String file) {
        Result result = Strait.run("verify", file, "traces/nginx.strace.zst");
        assertEquals(2, result.status());
        assertEquals("", result.out());
        assertEquals(1, result.errors().size(), result.err());
    }

    @Test
    void controlBytesAreNotEchoed() throws IOException {
        Path trace = Traces.write(
                directory,
                "a.strace",
                Traces.X86_64.replace("/bin/cat", "/bin/\\33[2J").replace("read(3", "read(3</\u001b[2J>"));
        Path profile = Traces.write(directory, "p.json", """
                {"defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_X86_64"], "syscalls": [
                  {"names": ["read"], "action": "SCMP_ACT_ALLOW",
                   "args": [{"index": 0, "op": "SCMP_CMP_EQ", "value": 7}]}
                ]}
                """);
        Result result = Strait.run("verify", profile, trace);
        assertEquals(1, result.status());
        assertEquals(-1, result.out().indexOf('\u001b'));
    }

    /** What a person must decide on is the value, and not its number. */
    @Test
    void refusedValuesAreNamed() throws IOException {
        Path profile = Files.writeString(directory.resolve("inet.json"), """
                {"defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_X86_64"], "syscalls": [
                {"names": ["execve", "exit_group"], "action": "SCMP_ACT_ALLOW"},
                {"names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38},
                {"names": ["clone"], "action": "SCMP_ACT_ALLOW", "args":
                [{"index": 0, "value": 2114060288, "valueTwo": 0, "op": "SCMP_CMP_MASKED_EQ"}]},
                {"names": ["ioctl"], "action": "SCMP_ACT_ALLOW", "args":
                [{"index": 1, "value": 4294967295, "valueTwo": 21505, "op": "SCMP_CMP_MASKED_EQ"}]},
                {"names": ["socket"], "action": "SCMP_ACT_ALLOW", "args":
                [{"index": 0, "value": 4294967287, "valueTwo": 2, "op": "SCMP_CMP_MASKED_EQ"}]}]}
                """);
        Path trace = Files.writeString(directory.resolve("values.strace"), """
                1 [  59] execve("/bin/a", [...], 0x7ffc /* 3 vars */) = 0
                1 [  41] socket(0x28 /* AF_VSOCK */, 0x1 /* SOCK_STREAM */, 0) = 3
                1 [  41] socket(0x63 /* AF_??? */, SOCK_STREAM, 0) = -1 EAFNOSUPPORT (Address family not supported)
                1 [  41] socket(AF_INET, SOCK_STREAM, 0) = 3
                1 [  16] ioctl(0, TIOCSTI, "x") = 0
                1 [ 435] clone3({flags=CLONE_VM|CLONE_THREAD, exit_signal=0}, 88) = 2
                2 [ 231] exit_group(0) = ?
                """);
        Result result = Strait.run("verify", "--runtime=none", profile, trace);
        assertEquals(1, result.status());
        String at = trace + ":";
        assertEquals(
                at + "2: gap: socket(AF_VSOCK, …) on x86_64 gets EPERM; 1 call by /bin/a\n"
                        + at + "3: gap: socket(0x63 /* AF_??? */, …) on x86_64 gets EPERM; 1 call by /bin/a\n"
                        + at + "5: gap: ioctl(…, TIOCSTI, …) on x86_64 gets EPERM; 1 call by /bin/a\n"
                        + at + "6: note: clone3 on x86_64 gets ENOSYS, so callers use clone; 1 call by /bin/a\n"
                        + "7 calls replayed: 3 gaps, 0 undecided, 1 replaced\n",
                result.out());
        String json = Strait.run("verify", "--runtime=none", "--format=json", profile, trace)
                .out();
        assertTrue(json.contains("\"instead\": \"clone\""), json);
        assertTrue(json.contains("\"arguments\": \"0x28 /* AF_VSOCK */, _, _\""), json);
    }

    /** A filter that was compiled is what setpriv loads, and then it makes calls under it; runc reads no such file. */
    @Test
    void aCompiledFilterIsJudgedForWhatLoadsIt() {
        String trace = "traces/redis.strace.zst";
        for (String runtime : List.of("none", "setpriv")) {
            Strait.run(
                    "-q", "generate", trace, "--runtime", runtime, "--format", "bpf", "-o", directory.resolve(runtime));
        }
        Result without = Strait.run("verify", directory.resolve("none"), trace, "--runtime", "setpriv");
        assertEquals(1, without.status());
        assertTrue(
                without.out()
                        .contains("none: does not start: no container starts under this profile: before the program,"
                                + " setpriv itself makes calls that are denied: capget capset"),
                without.out());
        assertEquals(
                0,
                Strait.run("verify", directory.resolve("setpriv"), trace, "--runtime", "setpriv")
                        .status());
        assertEquals(
                0,
                Strait.run("verify", directory.resolve("none"), trace, "--runtime", "runc")
                        .status());
    }
}
