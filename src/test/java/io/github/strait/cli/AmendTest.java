package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait.Result;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Evidence is merged into a profile, which stays as it is otherwise. */
class AmendTest {
    private static final String SOCKET = "10 [  41] socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Traces.write(folder, "run.strace", Traces.X86_64.replaceFirst("(?=10 \\[ 231)", SOCKET));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    /** A log of audit lines of these calls. */
    private String log(String... calls) throws IOException {
        StringBuilder log = new StringBuilder();
        for (String call : calls) {
            log.append("[    5.123456] audit: type=1326 audit(1700000000.123:45): auid=4294967295 uid=0 gid=0"
                            + " ses=4294967295 pid=7 comm=\"app\" exe=\"/srv/app\" sig=0 arch=c000003e syscall=")
                    .append(SyscallTable.of(Arch.X86_64).number(call).orElseThrow())
                    .append(" compat=0 ip=0x7f0f58fc6829 code=0x7ffc0000\n");
        }
        Traces.write(folder, "audit.log", log.toString());
        return file("audit.log");
    }

    private String generate(String name, String... options) throws IOException {
        assertEquals(
                0,
                Strait.run(words("generate", "-q", file("run.strace"), "-o", file(name), options))
                        .status());
        return Files.readString(folder.resolve(name));
    }

    private static Object[] words(String one, String two, String three, String four, String five, String... more) {
        Object[] words = new Object[5 + more.length];
        System.arraycopy(new Object[] {one, two, three, four, five}, 0, words, 0, 5);
        System.arraycopy(more, 0, words, 5, more.length);
        return words;
    }

    private String merge(String profile, String log) throws IOException {
        Result result = Strait.run("merge", file(profile), log, "-o", file("merged"));
        assertEquals(0, result.status(), result.err());
        return Files.readString(folder.resolve("merged"));
    }

    private static List<String> added(String before, String after) {
        List<String> lines = before.lines().toList();
        return after.lines()
                .filter(line -> !lines.contains(line))
                .map(String::strip)
                .toList();
    }

    /** The lines of the old document are all there, and the new one has one more. */
    @ParameterizedTest
    @ValueSource(strings = {"oci", "moby"})
    void onlyTheCallIsAdded(String format) throws IOException {
        for (String action : List.of("errno", "log", "kill-process", "trap")) {
            String before = generate("app.json", "--format", format, "--default-action", action);
            String after = merge("app.json", log("ptrace", "read"));
            assertEquals(List.of("\"ptrace\","), added(before, after));
            assertEquals(List.of(), added(after, before));
            assertTrue(after.contains(
                    action.equals("errno")
                            ? "SCMP_ACT_ERRNO"
                            : "\"SCMP_ACT_" + action.toUpperCase(Locale.ROOT).replace('-', '_') + "\""));
        }
    }

    @Test
    void aListOfNamesStaysOne() throws IOException {
        String before = generate("app.names", "--format", "names");
        assertEquals(List.of("x86_64\tptrace"), added(before, merge("app.names", log("ptrace"))));
    }

    /** An unchanged document is the same bytes, however it is laid out. */
    @Test
    void whatIsAllowedChangesNothing() throws IOException {
        String document = "{ \"defaultAction\":\"SCMP_ACT_ERRNO\",\n\"architectures\":[\"SCMP_ARCH_X86_64\"],"
                + " \"syscalls\":[{\"names\":[\"write\",\"read\"],\"action\":\"SCMP_ACT_ALLOW\", \"comment\":\"mine\"}]}";
        Traces.write(folder, "app.json", document);
        assertEquals(document, merge("app.json", log("read")));
        Result result = Strait.run("merge", file("app.json"), log("read"));
        assertTrue(result.err().endsWith("the evidence adds nothing to the profile\n"), result.err());
    }

    /** A log that says nothing says that nothing was denied. */
    @Test
    void aLogWithoutAuditLinesAddsNothing() throws IOException {
        String before = generate("app.json");
        Traces.write(folder, "quiet.log", "[    5.123456] usb 1-1: new device\n");
        assertEquals(before, merge("app.json", file("quiet.log")));
    }

    /** A call that had conditions has none after a line that does not say its values; one with values keeps them. */
    @Test
    void conditionsFollowTheEvidence() throws IOException {
        String before = generate("app.json");
        assertTrue(before.contains("\"names\": [\"socket\"]"), before);
        String after = merge("app.json", log("socket"));
        assertFalse(after.contains("\"names\": [\"socket\"]"), after);
        assertEquals(List.of("\"socket\","), added(before, after));
        Traces.write(
                folder, "inet.strace", Traces.X86_64.replaceFirst("(?=10 \\[ 231)", SOCKET.replace("UNIX", "INET")));
        String opened = merge("app.json", file("inet.strace"));
        assertTrue(opened.contains("\"names\": [\"socket\"]"), opened);
        assertFalse(added(before, opened).isEmpty());
        Traces.write(folder, "opened.json", opened);
        assertEquals(
                0,
                Strait.run("verify", file("opened.json"), file("inet.strace")).status());
        assertEquals(
                1, Strait.run("verify", file("app.json"), file("inet.strace")).status());
    }

    /** A call that is not allowed yet gets conditions where the profile has some, and none where it has none. */
    @Test
    void aNewCallIsComparedAsOthersAre() throws IOException {
        Traces.write(folder, "socket.strace", Files.readString(folder.resolve("run.strace")));
        Traces.write(
                folder,
                "run.strace",
                Traces.X86_64.replaceFirst("(?=10 \\[ 231)", "10 [ 135] personality(0xffffffff) = 0 (PER_LINUX)\n"));
        String before = generate("app.json");
        assertTrue(before.contains("\"names\": [\"personality\"]") && !before.contains("\"socket\""), before);
        String after = merge("app.json", file("socket.strace"));
        assertTrue(after.contains("\"names\": [\"socket\"]"), after);
        String plain = generate("plain.json", "--args", "none");
        assertEquals(List.of("\"socket\","), added(plain, merge("plain.json", file("socket.strace"))));
    }

    /** A denial in so many words gives way, and what else the rule denies does not. */
    @Test
    void denialsGiveWay() throws IOException {
        String before = generate("app.json", "--deny", "ptrace=EACCES", "--deny", "bpf=EACCES");
        String after = merge("app.json", log("ptrace"));
        Traces.write(folder, "after.json", after);
        Result difference = Strait.run("diff", file("app.json"), file("after.json"));
        assertTrue(difference.out().contains("x86_64: 1 call more\n  + ptrace"), difference.out());
        assertTrue(after.contains("\"bpf\"") && before.contains("\"ptrace\""));
    }

    /** Merging is idempotent, and the union of two logs is the same in any order. */
    @Test
    void mergingAgainChangesNothing() throws IOException {
        generate("app.json");
        String once = merge("app.json", log("ptrace", "bpf"));
        Traces.write(folder, "app.json", once);
        assertEquals(once, merge("app.json", log("bpf", "ptrace")));
    }

    @Test
    void otherArchitecturesAreNotAddedInSilence() throws IOException {
        String before = generate("app.json");
        String log = Files.readString(Path.of(log("ptrace"))).replace("c000003e", "40000003");
        Traces.write(folder, "x86.log", log);
        Result result = Strait.run("merge", file("app.json"), file("x86.log"));
        assertEquals(before, result.out());
        assertTrue(result.err().contains("does not list x86"), result.err());
    }

    @Test
    void traceAndLogMakeOneProfile() throws IOException {
        Result result = Strait.run("generate", file("run.strace"), log("socket", "ptrace"));
        assertEquals(0, result.status());
        assertTrue(
                result.out().contains("\"ptrace\"") && !result.out().contains("\"names\": [\"socket\"]"), result.out());
        assertTrue(result.err().contains("unknown value in 2 calls"), result.err());
        assertTrue(result.err().contains("of the kernel's audit lines"), result.err());
        String explained = Strait.run("explain", file("run.strace"), file("audit.log"), "ptrace")
                .out();
        assertTrue(explained.contains("1 call"), explained);
    }

    @Test
    void theDefaultActionIsPartOfTheProfile() throws IOException {
        generate("log.json", "--default-action", "log");
        assertEquals(
                0,
                Strait.run("check", file("run.strace"), "--profile", file("log.json"), "--default-action", "log")
                        .status());
        assertEquals(
                1,
                Strait.run("check", file("run.strace"), "--profile", file("log.json"))
                        .status());
        Result names = Strait.run("generate", file("run.strace"), "--default-action", "log", "--format", "names");
        assertEquals(2, names.status());
        assertEquals(
                2,
                Strait.run("generate", file("run.strace"), "--default-action", "log", "--errno", "EACCES")
                        .status());
        assertTrue(Strait.run("generate", file("run.strace"), "--default-action", "log")
                .err()
                .contains("unlisted calls are logged and run"));
    }
}
