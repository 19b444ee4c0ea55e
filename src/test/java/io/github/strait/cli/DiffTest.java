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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffTest {
    private static final String HEAD =
            "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"architectures\": [\"SCMP_ARCH_X86_64\"], \"syscalls\": [";
    private static final String OLD = HEAD
            + "{\"names\": [\"read\", \"mount\", \"chdir\"], \"action\": \"SCMP_ACT_ALLOW\"},"
            + "{\"names\": [\"socket\"], \"action\": \"SCMP_ACT_ALLOW\", \"args\":"
            + " [{\"index\": 0, \"value\": 1, \"op\": \"SCMP_CMP_EQ\"}]}]}";
    private static final String NEW = HEAD
            + "{\"names\": [\"write\", \"ptrace\"], \"action\": \"SCMP_ACT_ALLOW\"},"
            + "{\"names\": [\"read\", \"socket\", \"access\"], \"action\": \"SCMP_ACT_ALLOW\"},"
            + "{\"names\": [\"clone3\"], \"action\": \"SCMP_ACT_ERRNO\", \"errnoRet\": 38}]}";
    private static final Path DOCKER = Path.of("src/test/resources/io/github/strait/lint/docker-like.json");

    @TempDir
    Path directory;

    private Path before = Path.of("");
    private Path after = Path.of("");

    @BeforeEach
    void write() throws IOException {
        before = Files.writeString(directory.resolve("old.json"), OLD);
        after = Files.writeString(directory.resolve("new.json"), NEW);
    }

    @Test
    void theRiskiestComeFirstWithTheirReasons() {
        Result result = Strait.run("diff", before, after);
        assertEquals(1, result.status());
        assertEquals("", result.err());
        assertEquals(
                "--- " + before + "\n+++ " + after
                        + "\nx86_64: 4 calls more, 2 calls less, 1 denied call returns a different errno\n"
                        + "  + ptrace  critical     reads and steers other processes; before Linux 4.8 also a way around"
                        + " the filter itself\n"
                        + "  + socket  conditional  unix → any: the family decides: AF_PACKET, AF_ALG, AF_VSOCK and"
                        + " rare protocols reach much kernel code\n"
                        + "  + and 2 of no known risk: access write\n"
                        + "  - mount  critical  attaches or changes file systems, the usual first step out of a container\n"
                        + "  - and 1 of no known risk: chdir\n"
                        + "  ! clone3: ERRNO 1 -> ERRNO 38\n",
                result.out());
    }

    @Test
    void aDenialThatKillsIsCountedWithoutNamingAnErrno() throws IOException {
        String document = OLD.replace("SCMP_ACT_ERRNO", "SCMP_ACT_KILL_PROCESS");
        Path kills = Files.writeString(directory.resolve("kills.json"), document);
        List<String> lines = Strait.run("diff", before, kills).out().lines().toList();
        assertEquals("x86_64: 1 denied call differs", lines.get(2));
        assertEquals("  ! by default: ERRNO 1 -> KILL_PROCESS", lines.get(3));
    }

    @Test
    void theSameMeaningIsNoDifference() throws IOException {
        String reordered = OLD.replace("\"read\", \"mount\", \"chdir\"", "\"chdir\", \"mount\", \"read\"")
                .replace("SCMP_CMP_EQ", "SCMP_CMP_MASKED_EQ")
                .replace("\"value\": 1", "\"value\": 18446744073709551615, \"valueTwo\": 1");
        Path other = Files.writeString(directory.resolve("other.json"), reordered);
        assertEquals(new Result(0, "", ""), Strait.run("diff", before, other));
        assertEquals(new Result(0, "", ""), Strait.runWith(OLD, "diff", "-", other));
    }

    @Test
    void evidenceCountsByItsCallsAlone() throws IOException {
        Path trace = Traces.write(directory, "a.strace", Traces.X86_64);
        Path list = Files.writeString(
                directory.resolve("calls"),
                "x86_64\tread\nx86_64\twrite\nx86_64\texecve\nx86_64\topenat\nx86_64\texit_group\n");
        assertEquals(new Result(0, "", ""), Strait.run("diff", trace, list));
        assertEquals(new Result(0, "", ""), Strait.runWith(Traces.X86_64, "diff", "-", list));
        Result more = Strait.run("diff", trace, after);
        assertEquals(1, more.status());
        assertTrue(more.out().contains("  + and 1 of no known risk: access\n"), more.out());
        assertTrue(more.out().contains("execve"), more.out());
        assertTrue(!more.out().contains("clone3"), "evidence does not say how calls are denied\n" + more.out());
    }

    @Test
    void anArchitectureOfOneSideIsSaidSo() throws IOException {
        Path both = Files.writeString(
                directory.resolve("both.json"),
                OLD.replace("\"SCMP_ARCH_X86_64\"", "\"SCMP_ARCH_X86_64\", \"SCMP_ARCH_X86\""));
        Result result = Strait.run("diff", before, both);
        assertEquals(1, result.status());
        assertTrue(result.out().contains("\nx86: only in " + both + ", 5 calls more\n"), result.out());
        assertTrue(!result.out().contains("x86_64"), result.out());
    }

    @Test
    void jsonIsForPrograms() throws IOException {
        Result result = Strait.run("diff", "--format=json", before, after);
        assertEquals(1, result.status());
        JsonNode root = new ObjectMapper().readTree(result.out());
        assertEquals("diff/1", root.get("strait").asText());
        assertEquals(false, root.get("same").asBoolean());
        JsonNode arch = root.get("architectures").get("x86_64");
        assertEquals("ptrace", arch.get("gained").get(0).get("syscall").asText());
        assertEquals("critical", arch.get("gained").get(0).get("risk").asText());
        assertEquals(
                1,
                arch.get("gained").get(1).get("when").get(0).get(0).get("value").asInt());
        assertEquals("mount", arch.get("lost").get(0).get("syscall").asText());
        assertEquals(38, arch.get("answers").get(0).get("b").get("errnoRet").asInt());
        JsonNode same = new ObjectMapper()
                .readTree(Strait.run("diff", "--format=json", before, before).out());
        assertEquals(true, same.get("same").asBoolean());
        assertEquals(0, same.get("architectures").size());
    }

    @Test
    void markdownIsForReviews() {
        Result result = Strait.run("diff", "--format=markdown", before, after);
        assertEquals(1, result.status());
        assertTrue(result.out()
                .startsWith("## Seccomp: `" + before + "` → `" + after + "`\n\n### x86\\_64: 4 calls more"));
        assertTrue(result.out().contains("| + | `socket` | conditional | unix → any | the family decides"));
        assertTrue(result.out().contains("- `clone3`: ERRNO 1 -&gt; ERRNO 38\n"), result.out());
        assertTrue(Strait.run("diff", "--format=markdown", before, before).out().endsWith("Both allow the same.\n"));
    }

    @Test
    void conditionsOfDockersFormAreDecidedByTheMachine() {
        Result plain = Strait.run("diff", DOCKER, DOCKER);
        assertEquals(0, plain.status());
        assertTrue(
                plain.err().contains("newest kernel and Docker's default capabilities; --arch, --kernel and --caps"),
                plain.err());
        Result oci = Strait.run("convert", DOCKER, "--format=oci", "--arch=x86_64", "--caps=default,sys_admin");
        assertEquals(0, oci.status(), oci.err());
        Result gained = Strait.runWith(oci.out(), "diff", "--arch=x86_64", DOCKER, "-");
        assertEquals(1, gained.status());
        assertTrue(gained.out().contains("  + mount "), gained.out());
        assertTrue(
                gained.out().contains("  + clone")
                        && gained.out().contains("  without CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS,"),
                gained.out());
        assertTrue(!gained.out().contains("  - "), gained.out());
        Result old = Strait.run("convert", DOCKER, "--format=oci", "--arch=x86_64", "--kernel=4.7.0-1-amd64");
        Result lost = Strait.runWith(old.out(), "diff", "--arch=x86_64", DOCKER, "-");
        assertTrue(lost.out().contains("  - ptrace "), lost.out());
    }

    @Test
    void badMachinesAreTrouble() {
        Result cap = Strait.run("diff", DOCKER, DOCKER, "--caps=SYS_ADMN");
        assertEquals(2, cap.status());
        assertTrue(cap.err().contains("unknown capability 'SYS_ADMN'"), cap.err());
        Result kernel = Strait.run("diff", DOCKER, DOCKER, "--kernel=new");
        assertEquals(2, kernel.status());
        assertTrue(kernel.err().contains("not a kernel version: 'new'; write it as 6.1"), kernel.err());
        assertEquals(2, Strait.run("diff", before, directory.resolve("nowhere")).status());
        assertEquals(2, Strait.runWith("{\"a\": 1}", "diff", before, "-").status());
    }

    /** A name can neither be a link, nor mention somebody, nor open an element. */
    @Test
    void namesOfFilesAreNoMarkdown() throws IOException {
        Path first = directory.resolve("[a](b) <i>|`@me` *_");
        Path second = directory.resolve("plain.json");
        String profile = "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"architectures\": [\"SCMP_ARCH_%s\"],"
                + " \"syscalls\": [{\"names\": [\"read\"], \"action\": \"SCMP_ACT_ALLOW\"}]}";
        Files.writeString(first, profile.formatted("X86_64"));
        Files.writeString(second, profile.formatted("AARCH64"));
        String out = Strait.run("diff", "--format=markdown", first, second).out();
        String quoted = "`" + directory + "/[a](b) <i>|'@me' *_`";
        assertTrue(out.startsWith("## Seccomp: " + quoted + " → `" + second + "`\n"), out);
        assertTrue(out.contains("### x86\\_64: only in " + quoted + ", 1 call less\n"), out);
        assertEquals(-1, out.replace(quoted, "").indexOf('<'), out);
    }

    /** Names against conditions is what a person meets first: some words for each call, and never its complement. */
    @Test
    void whatConditionsLetThroughIsNamed() throws IOException {
        Path names = Files.writeString(
                directory.resolve("names.json"),
                HEAD
                        + "{\"names\": [\"socket\", \"ioctl\", \"clone\", \"mmap\", \"prctl\"], \"action\": \"SCMP_ACT_ALLOW\"}]}");
        Path narrow = Files.writeString(
                directory.resolve("narrow.json"),
                HEAD
                        + alternative("socket", 0, 0xffffffffL, 1)
                        + ","
                        + alternative("socket", 0, 0xfffffff7L, 2).replace("}]}", "}, " + masked(1, 0xf, 1) + "]}")
                        + "," + alternative("ioctl", 1, 0xffffffffL, 0x5412)
                        + "," + alternative("ioctl", 1, 0xfffffff0L, 0x5400)
                        + "," + alternative("clone", 0, 0x7e020000, 0)
                        + "," + alternative("mmap", 2, 4, 0)
                        + "," + alternative("mmap", 2, 2, 0)
                        + "," + alternative("prctl", 0, 0xff, 0x12) + "]}");
        Result result = Strait.run("diff", names, narrow);
        assertEquals(1, result.status());
        assertEquals(
                List.of(
                        "prctl unless arg0 & 0xff == 18",
                        "clone any → without CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWUSER,"
                                + " CLONE_NEWPID, CLONE_NEWNET",
                        "ioctl any → 0x5400, TCGETS, TCSETS, TCSETSW, TCSETSF, TCGETA, TCSETA, TCSETAW and 9 more",
                        "socket any → unix, AF_INET SOCK_STREAM, AF_INET6 SOCK_STREAM",
                        "mmap with PROT_WRITE|PROT_EXEC"),
                changes(result.out()));
        Result listed = Strait.run("diff", "-v", names, narrow);
        assertTrue(
                changes(listed.out()).get(4).startsWith("mmap with PROT_WRITE|PROT_EXEC (with arg2 & 0x6 == 6)"),
                listed.out());
        assertTrue(listed.out().length() > 3 * result.out().length(), listed.out());
        assertEquals(
                Strait.run("diff", "--format=json", names, narrow),
                Strait.run("diff", "-v", "--format=json", names, narrow));
        String markdown = Strait.run("diff", "--format=markdown", names, narrow).out();
        assertTrue(markdown.contains("| `mmap` | low | with PROT\\_WRITE\\|PROT\\_EXEC | "), markdown);
    }

    private static final String VALUES = """
            10 [  59] execve("/bin/app", ["app"], 0x1 /* 9 vars */) = 0
            10 [ 257] openat(AT_FDCWD, "/etc/x", O_WRONLY|O_CREAT, 0644) = 3
            10 [  41] socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3
            10 [ 302] prlimit64(0, RLIMIT_NOFILE, NULL, {rlim_cur=8, rlim_max=8}) = 0
            10 [ 288] accept4(3, NULL, NULL, SOCK_CLOEXEC) = 4
            10 [ 435] clone3({flags=CLONE_VM|CLONE_THREAD|CLONE_SIGHAND, exit_signal=0, stack=0x1, stack_size=0x1}, 88) = 11
            10 [ 231] exit_group(0) = ?
            """;

    private Path profile(Path trace, String args) {
        Path profile = directory.resolve("profile-" + args + ".json");
        Result result = Strait.run(
                "generate", trace, "--args", args, "--runtime=none", "--no-layer=essential,vdso", "-o", profile);
        assertEquals(0, result.status(), result.err());
        return profile;
    }

    @Test
    void evidenceCountsWithItsValuesWhereTheProfileComparesThem() throws IOException {
        Path trace = Traces.write(directory, "values.strace", VALUES);
        Path safe = profile(trace, "safe");
        Path strict = profile(trace, "strict");
        assertEquals("", Strait.run("diff", safe, trace).out());
        assertEquals("", Strait.run("diff", trace, strict).out());
        assertEquals("", Strait.run("diff", trace, profile(trace, "none")).out());

        String other = VALUES.replace("AF_INET, SOCK_STREAM, IPPROTO_IP", "AF_VSOCK, SOCK_STREAM, 0")
                .replace("prlimit64(0, RLIMIT_NOFILE, NULL", "prlimit64(7, RLIMIT_NOFILE, {rlim_cur=8, rlim_max=8}")
                .replace("3, NULL, NULL, SOCK_CLOEXEC", "3, NULL, NULL, 0x1000")
                .replace("O_CREAT, 0644", "O_CREAT, 04755")
                .replace("CLONE_VM|CLONE_THREAD", "CLONE_NEWUSER|CLONE_THREAD");
        Path more = Traces.write(directory, "more.strace", other);
        assertEquals(
                List.of(
                        "+ socket with AF_VSOCK SOCK_STREAM 0",
                        "+ accept4 with argument 3 = 0x1000, 0x1000|SOCK_NONBLOCK, 0x1000|SOCK_CLOEXEC,"
                                + " 0x1000|SOCK_NONBLOCK|SOCK_CLOEXEC",
                        "+ openat files made without S_ISGID, S_ISUID → files made without S_ISGID",
                        "+ prlimit64 with argument 0 = 7",
                        "- clone without CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWUSER,"
                                + " CLONE_NEWPID, CLONE_NEWNET",
                        "- socket with inet, netlink route",
                        "- prlimit64 with argument 0 = 0 and argument 2 = NULL"),
                signed(Strait.run("diff", strict, more).out()).stream()
                        .filter(line -> !line.contains("clone3"))
                        .toList());
        assertEquals(
                List.of("- accept4 any → no flags but SOCK_NONBLOCK, SOCK_CLOEXEC"),
                signed(Strait.run("diff", safe, strict).out()).stream()
                        .filter(line -> line.contains("accept4"))
                        .toList());
    }

    @Test
    void unknownValuesOfEvidenceAreAnyOnes() throws IOException {
        Path trace = Traces.write(directory, "values.strace", VALUES);
        Path unknown = Traces.write(directory, "unknown.strace", VALUES.replace("AF_INET,", "AF_SOMETHING,"));
        Result result = Strait.run("diff", profile(trace, "safe"), unknown);
        assertEquals(List.of("+ socket unix, inet, netlink route → any"), signed(result.out()));
        assertEquals("", Strait.run("diff", trace, unknown).out());
    }

    @Test
    void valuesOfTwoEvidencesAreCompared() throws IOException {
        Path trace = Traces.write(directory, "values.strace", VALUES);
        Path other = Traces.write(
                directory, "other.strace", VALUES.replace("AF_INET, SOCK_STREAM", "AF_VSOCK, SOCK_STREAM"));
        assertEquals(
                List.of("+ socket with AF_VSOCK SOCK_STREAM 0", "- socket with inet, netlink route"),
                signed(Strait.run("diff", trace, other).out()));
    }

    private static String masked(int index, long mask, long value) {
        return "{\"index\": " + index + ", \"value\": " + mask + ", \"valueTwo\": " + value
                + ", \"op\": \"SCMP_CMP_MASKED_EQ\"}";
    }

    private static String alternative(String call, int index, long mask, long value) {
        return "{\"names\": [\"" + call + "\"], \"action\": \"SCMP_ACT_ALLOW\", \"args\": ["
                + masked(index, mask, value) + "]}";
    }

    /** The names of calls, and what is said of their arguments. */
    private static List<String> signed(String out) {
        return out.lines()
                .filter(line -> line.startsWith("  + ") || line.startsWith("  - "))
                .map(line -> line.replaceFirst("^  (. \\w+) +\\S+ +(.*?): .*$", "$1 $2"))
                .toList();
    }

    private static List<String> changes(String out) {
        return out.lines()
                .filter(line -> line.startsWith("  - "))
                .map(line -> line.replaceFirst("^  - (\\w+) +\\S+ +(.*?): .*$", "$1 $2"))
                .toList();
    }
}
