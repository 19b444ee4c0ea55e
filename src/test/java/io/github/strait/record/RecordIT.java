package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.live.RequiresTool;
import io.github.strait.record.Recording.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The traced program behaves as without strait: its status, its streams, its environment. */
@RequiresTool("strace")
class RecordIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "exit 0, 0",
        "exit 7, 7",
        "exit 255, 255",
        "kill -TERM $$, 143",
        "kill -KILL $$, 137",
        "kill -INT $$, 130",
        "kill -HUP $$, 129",
        "kill -QUIT $$, 131",
        "kill -SEGV $$, 139",
        "kill -ABRT $$, 134",
        "kill -USR1 $$, 138"
    })
    void exitsWithTheProgramsStatus(String script, int status) throws Exception {
        assertEquals(new Outcome(status, "", ""), Recording.of(trace(), "sh", "-c", script));
        assertTrue(Files.size(trace()) > 0);
    }

    @Test
    void passesTheStreamsThroughByteForByte() throws Exception {
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < 1 << 18; i++) {
            bytes.append((char) (i * 7 & 0xff));
        }
        Outcome outcome = Recording.run(
                Map.of(), bytes.toString(), Recording.line(trace(), "sh", "-c", "tee /dev/stderr; printf '\\0\\377'"));
        assertEquals(0, outcome.exitStatus());
        assertTrue(outcome.out().contentEquals(bytes + "\0\u00ff"));
        assertTrue(outcome.err().contentEquals(bytes));
    }

    @Test
    void leavesStandardErrorToTheProgram() throws Exception {
        String script =
                "echo out; echo err >&2; (sleep 9 & kill -9 $!; wait) 2>&-; sh -c 'exec sh -c \"exit 3\"' & wait; ls /; kill -9 $$";
        Outcome outcome = Recording.of(trace(), "sh", "-c", script);
        assertEquals("err\n", outcome.err());
        assertEquals(137, outcome.exitStatus());
    }

    @Test
    void givesTheProgramTheCallersEnvironment() throws Exception {
        Map<String, String> launcher = Map.of("LC_ALL", "C.UTF-8", "STRAIT_LC_ALL", "", "STRAIT_JAVA_OPTS", "-Xmx1g");
        Outcome outcome =
                Recording.run(launcher, "", Recording.line(trace(), "sh", "-c", "env | grep -E '^(LC_ALL|STRAIT_)'"));
        assertEquals(new Outcome(1, "", ""), outcome);
    }

    @Test
    void blocksNoSignals() throws Exception {
        Outcome outcome = Recording.of(trace(), "grep", "SigBlk", "/proc/self/status");
        assertEquals(new Outcome(0, "SigBlk:\t0000000000000000\n", ""), outcome);
    }

    @Test
    void saysWhenTheCommandIsNotFound() throws Exception {
        assertFailure(127, "not-found", "no-such-command");
        assertFailure(127, "not-found", directory.resolve("absent").toString());
        assertFailure(127, "not-found", script("#!/no/such/interpreter\n"));
    }

    @Test
    void saysWhenTheCommandCannotBeExecuted() throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "");
        assertFailure(126, "not-executable", text.toString());
        assertFailure(126, "not-executable", directory.toString());
        assertFailure(126, "not-executable", script("echo no interpreter line\n"));
    }

    @Test
    void saysWhenTheTraceCannotBeWritten() throws Exception {
        Outcome outcome = Recording.of(directory.resolve("absent").resolve("trace"), "true");
        assertEquals(125, outcome.exitStatus());
        assertTrue(
                outcome.err().contains(": its directory does not exist; choose another place with -o [no-trace-file]"),
                outcome.err());
    }

    @Test
    void saysWhatToDoWhereTracingIsNotPermitted() throws Exception {
        // Under one strace, another cannot trace.
        Path nested = Path.of(
                script("#!/bin/sh\n[ \"$1\" = -V ] && exec strace -V\nexec strace -qqf -o /dev/null strace \"$@\"\n"));
        Files.writeString(trace(), "old");
        Outcome outcome =
                Recording.run(Map.of("STRAIT_STRACE", nested.toString()), "", Recording.line(trace(), "true"));
        assertEquals(125, outcome.exitStatus());
        assertTrue(outcome.err().contains("--cap-add SYS_PTRACE"), outcome.err());
        assertTrue(outcome.err().contains("[ptrace-denied]"), outcome.err());
        assertEquals("old", Files.readString(trace()));
        assertNothingElse(2);
    }

    @Test
    @RequiresTool({"zstd", "gzip"})
    void compressesATraceThatIsNamedSo() throws Exception {
        for (String suffix : List.of("zst", "gz")) {
            Path packed = directory.resolve("trace." + suffix);
            assertEquals(0, Recording.of(packed, "true").exitStatus());
            String tool = suffix.equals("gz") ? "gzip" : "zstd";
            Outcome unpacked = Recording.run(Map.of(), "", List.of(tool, "-qdc", packed.toString()));
            assertTrue(unpacked.out().contains("] execve("), unpacked.err());
        }
        assertNothingElse(2);
    }

    @Test
    void keepsSecretsOutOfTheTrace() throws Exception {
        String script = "A=s3cret; export A; echo $A | cat; cat /dev/null; exec env $A=1 true s3cret";
        Recording.of(trace(), "sh", "-c", script, "s3cret");
        String text = Files.readString(trace());
        assertFalse(text.contains("s3cret"));
        assertTrue(text.contains("\"/dev/null\""));
    }

    private void assertFailure(int status, String code, String command) throws Exception {
        Files.writeString(trace(), "old");
        Outcome outcome = Recording.of(trace(), command);
        assertEquals(status, outcome.exitStatus(), outcome.err());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().endsWith(" [" + code + "]\n"), outcome.err());
        assertEquals("old", Files.readString(trace()));
    }

    private void assertNothingElse(long files) throws Exception {
        try (Stream<Path> list = Files.list(directory)) {
            assertEquals(files, list.count());
        }
    }

    private String script(String text) throws Exception {
        Path file = Files.writeString(directory.resolve("script"), text);
        assertTrue(file.toFile().setExecutable(true));
        return file.toString();
    }

    private Path trace() {
        return directory.resolve("trace");
    }
}
