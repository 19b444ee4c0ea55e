package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {
    private static final String GOOD = """
            {"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 38, "syscalls": [
              {"names": ["arch_prctl", "capget", "capset", "chdir", "close", "execve", "exit", "exit_group", "faccessat2", "fstat", "fstatfs",
                "futex", "getcwd", "getdents64", "getppid", "mmap", "mprotect", "newfstatat", "openat", "openat2", "pread64",
                "prctl", "read", "restart_syscall", "rt_sigreturn", "setgid", "setgroups", "setuid", "statx"],
               "action": "SCMP_ACT_ALLOW"}]}
            """;
    private static final String BAD = """
            {"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 38,
             "version": 3,
             "syscalls": [
              {"names": ["arch_prctl", "capget", "capset", "chdir", "close", "execve", "exit", "exit_group", "faccessat2", "fstat", "fstatfs", "futex", "getcwd", "getdents64", "getppid", "mmap", "mprotect", "newfstatat", "openat", "openat2", "pread64", "prctl", "read", "rt_sigreturn", "setgid", "setgroups", "setuid", "statx"], "action": "SCMP_ACT_ALLOW"},
              {"names": ["bind"], "action": "SCMP_ACT_ALOW"}]}
            """;

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void saysNothingAboutAGoodProfile() {
        assertEquals(0, run(GOOD, "lint", "-"));
        assertEquals("", text(out));
        assertEquals("0 errors, 0 warnings, 0 notes\n", text(err));
    }

    @Test
    void printsOneFindingALine() {
        assertEquals(1, run(BAD, "lint", "-"));
        assertEquals("""
                -:1: note: 'restart_syscall' is denied: the kernel has a task call it when it goes on after a stop; allow it; no trace need show it [missing-exit]
                -:2: warning: key 'version' of the profile is unknown, and runtimes ignore it; remove it [unknown-key]
                -:5: error: 'SCMP_ACT_ALOW' in 'action' is unknown, and no container starts with it; write 'SCMP_ACT_ALLOW' [unknown-action]
                """, text(out));
        assertEquals("1 error, 1 warning, 1 note\n", text(err));
    }

    @Test
    void formatIsSpeltAsElsewhere() {
        assertEquals(1, run(BAD, "lint", "--json", "-"));
        String json = text(out);
        assertEquals(1, run(BAD, "lint", "--format=json", "-"));
        assertEquals(json, text(out));
        assertEquals(1, run(BAD, "lint", "--format", "text", "-"));
        assertTrue(text(out).startsWith("-:1: note: "), text(out));
        assertEquals(2, run(BAD, "lint", "--format=yaml", "-"));
    }

    /** The options say for which start it is asked. */
    @Test
    void judgesForTheStartThatIsMeant() {
        String own = GOOD.replace("\"capset\", ", "");
        assertEquals(1, run(own, "lint", "-"));
        assertTrue(text(out).contains("containers start under this profile with no-new-privileges only"), text(out));
        assertEquals(0, run(own, "lint", "--no-new-privs", "-"));
        assertEquals(0, run(own, "lint", "--runtime=gvisor", "-"));
        assertEquals(1, run(own, "lint", "--runtime", "runc@1.3", "--caps=none", "--kernel=6.1", "-"));
        assertEquals(2, run(own, "lint", "--runtime=dcoker", "-"));
        String none = GOOD.replace("\"openat\", ", "").replace("\"capset\", ", "");
        assertEquals(1, run(none, "lint", "--fail-on=error", "--no-new-privs", "-"));
        assertTrue(text(out).contains("error: no container starts under this profile: "), text(out));
    }

    @Test
    void quietPrintsErrorsAloneAndVerboseSaysHowItIsKnown() {
        assertEquals(1, run(BAD, "lint", "-q", "-"));
        assertEquals(1, text(out).lines().count(), text(out));
        assertEquals("", text(err));
        assertEquals(1, run(BAD, "lint", "-v", "-"));
        assertTrue(text(out).contains("\n    measured: runc 1.1.5"), text(out));
    }

    @Test
    void failsOnWhatIsAskedFor() throws IOException {
        String note = GOOD.replace(" \"restart_syscall\",", "");
        assertEquals(0, run(note, "lint", "-"));
        assertEquals(1, run(note, "lint", "--fail-on=note", "-"));
        assertEquals(0, run(BAD, "lint", "--fail-on=never", "-"));
        String warning = GOOD.replace("\"syscalls\"", "\"version\": 1, \"syscalls\"");
        assertEquals(1, run(warning, "lint", "-"));
        assertEquals(0, run(warning, "lint", "--fail-on=error", "-"));
        assertEquals(2, run(warning, "lint", "--fail-on=sometimes", "-"));
    }

    @Test
    void asksTheVersionOfLibseccomp() {
        String mseal = GOOD.replace("\"exit\"", "\"exit\", \"mseal\"");
        assertEquals(1, run(mseal, "lint", "-"));
        assertEquals(0, run(mseal, "lint", "--libseccomp=2.6.0", "-"));
        for (String old : List.of("2.5.1", "2.3.1", "2.4.9", "2.5.1-1+deb11u1", "2.6.9")) {
            assertEquals(old.startsWith("2.6") ? 0 : 1, run(mseal, "lint", "--libseccomp=" + old, "-"), old);
        }
        err.reset();
        assertEquals(2, run(mseal, "lint", "--libseccomp=9", "-"));
        assertEquals(
                "strait: error: unknown libseccomp version '9'; known are 2.3.1 2.3.2 2.3.3 2.4.0 2.4.2 2.5.0 2.5.1"
                        + " 2.5.2 2.5.3 2.5.4 2.5.4-1+deb12u1 2.5.5 2.5.6 2.6.0 2.6.1 [usage]\n",
                text(err));
    }

    @Test
    void jsonIsValidAndTheSameEveryTime() throws IOException {
        Path file = Files.writeString(directory.resolve("bad.json"), BAD);
        assertEquals(1, run("", "lint", "--json", file.toString()));
        String first = text(out);
        assertEquals(1, run("", "lint", "--json", file.toString()));
        assertEquals(first, text(out));
        assertEquals("", text(err));
        JsonNode root = new ObjectMapper().readTree(first);
        assertEquals("lint/1", root.get("strait").asText());
        assertEquals(1, root.get("counts").get("error").asInt());
        JsonNode finding = root.get("files").get(0).get("findings").get(2);
        assertEquals("unknown-action", finding.get("id").asText());
        assertEquals("error", finding.get("severity").asText());
        assertEquals(5, finding.get("line").asInt());
        assertEquals(1, finding.get("rule").asInt());
        assertEquals("write 'SCMP_ACT_ALLOW'", finding.get("remediation").asText());
    }

    @Test
    void severalFilesAreReadAlsoWhenOneCannotBe() throws IOException {
        Path good = Files.writeString(directory.resolve("good.json"), GOOD);
        Path bad = Files.writeString(directory.resolve("bad.json"), BAD);
        assertEquals(2, run("", "lint", directory.resolve("none").toString(), bad.toString(), good.toString()));
        assertEquals(3, text(out).lines().count(), text(out));
        assertTrue(
                text(err).startsWith(directory.resolve("none") + ": error: does not exist; check its name"), text(err));
        assertEquals(2, run("", "lint", directory.toString()));
        assertTrue(text(err).contains("is a directory; name the files in it"), text(err));
        assertEquals(2, run("", "lint"));
    }

    @Test
    void whatHasNoStructureIsTrouble() {
        assertTrouble("defaultAction: SCMP_ACT_ERRNO\nsyscalls: [\n", "neither YAML nor JSON");
        assertTrouble("[".repeat(1_000_000), "nesting depth");
        assertTrouble("", "the document is empty");
        assertTrouble("\u0000\u0001", "not a filter that the kernel accepts");
        assertTrouble("{\"defaultAction\":", "ends in the middle");
        assertTrouble("[" + "[],".repeat(1_000_000) + "[]]", "Token count");
    }

    @Test
    void aDocumentOfAnySizeTakesBoundedMemory() {
        InputStream endless = new InputStream() {
            private long left = 200L << 20;

            @Override
            public int read() {
                return left-- > 0 ? ' ' : -1;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                int count = (int) Math.min(length, left);
                Arrays.fill(buffer, offset, offset + count, (byte) ' ');
                left -= count;
                return count == 0 && length > 0 ? -1 : count;
            }
        };
        out.reset();
        err.reset();
        assertEquals(2, Main.run(endless, stream(out), stream(err), "lint", "-"));
        assertEquals(
                "-: error: larger than the 16777216 bytes that are read; is it a profile? [unreadable-profile]\n",
                text(err));
    }

    @Test
    void manyRulesForOneCallTakeNoTime() {
        StringBuilder rules = new StringBuilder("{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": [");
        for (int i = 0; i < 20_000; i++) {
            rules.append(i == 0 ? "" : ",")
                    .append("{\"names\":[\"socket\"],\"action\":\"SCMP_ACT_")
                    .append(i % 2 == 0 ? "ALLOW" : "KILL")
                    .append("\",\"args\":[{\"index\":1,\"value\":")
                    .append(i)
                    .append(",\"op\":\"SCMP_CMP_NE\"}]}");
        }
        assertEquals(1, run(rules.append("]}").toString(), "lint", "-"));
        assertTrue(text(out).lines().count() < 1500, "bounded");
    }

    @Test
    void hasHelp() {
        assertEquals(0, run("", "lint", "--help"));
        assertTrue(text(out).contains("strait lint seccomp/*.json"), text(out));
        assertTrue(text(out).contains("--libseccomp"), text(out));
    }

    private void assertTrouble(String document, String message) {
        assertEquals(2, run(document, "lint", "-"));
        assertEquals("", text(out));
        assertEquals(1, text(err).lines().count(), text(err));
        assertTrue(text(err).contains(message), text(err));
    }

    private int run(String in, String... args) {
        out.reset();
        err.reset();
        InputStream stdin = new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8));
        return Main.run(stdin, stream(out), stream(err), args);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
