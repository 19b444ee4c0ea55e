package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Evidence that is incomplete says so wherever it is read, also as an observation, and is a finding where the user asks. */
class StrictTest {
    private static final String LACK = " [tasks-unended]\n";

    @TempDir
    Path directory;

    private Path whole = Path.of("");
    private Path cut = Path.of("");
    private Path profile = Path.of("");

    @BeforeEach
    void write() throws IOException {
        whole = Traces.write(directory, "whole.strace", Traces.X86_64);
        String[] lines = Traces.X86_64.split("\n", -1);
        cut = Traces.write(
                directory, "cut.strace", String.join("\n", List.of(lines).subList(0, 4)) + "\n");
        profile = directory.resolve("profile.json");
        assertEquals(0, Strait.run("generate", "-q", cut, "-o", profile).status());
    }

    private Result run(String command, Path evidence, Object... options) {
        Object[] args = new Object[options.length + 4];
        int at = 0;
        args[at++] = command;
        if (command.equals("verify")) {
            args[at++] = profile;
        } else if (command.equals("check")) {
            args[at++] = "--profile=" + profile;
        } else {
            args[at++] = "--color=never";
        }
        args[at++] = evidence;
        args[at++] = "--arch=x86_64";
        System.arraycopy(options, 0, args, at, options.length);
        return Strait.run(args);
    }

    @ParameterizedTest
    @ValueSource(strings = {"generate", "check", "verify", "summarize", "explain"})
    void isAFindingOfEveryCommand(String command) {
        Result lenient = run(command, cut);
        assertEquals(0, lenient.status(), lenient.err());
        assertTrue(lenient.err().contains(LACK), lenient.err());
        Result strict = run(command, cut, "--strict");
        assertEquals(1, strict.status());
        assertTrue(
                strict.err()
                        .contains(
                                "strait: error: the evidence is not good enough for --strict: 1 tasks-unended; record it"
                                        + " again, or leave out --strict [below-strict]\n"),
                strict.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"generate", "verify", "summarize", "explain"})
    void isNoFindingOfWholeEvidence(String command) {
        Result strict = run(command, whole, "--strict");
        assertFalse(strict.err().contains("below-strict"), strict.err());
        assertFalse(strict.err().contains("incomplete"), strict.err());
    }

    @Test
    void isSaidThoughTheUserWantsQuiet() {
        Result strict = run("generate", cut, "--strict", "-q");
        assertEquals(1, strict.status());
        assertEquals("", strict.out());
        assertTrue(strict.err().startsWith("strait: error: the evidence is not good enough"), strict.err());
        assertEquals(1, strict.errors().size(), strict.err());
    }

    /** The warnings of a trace were lost when a small file stood in for it. */
    @ParameterizedTest
    @ValueSource(strings = {"generate", "check", "verify", "explain"})
    void anObservationSaysWhatItsTraceSays(String command) throws IOException {
        String bare = "read(3, \"x\", 1) = 1\nfork() = 8\n+++ exited with 0 +++\n";
        Path trace = Traces.write(directory, "bare.strace", bare);
        Path observation = directory.resolve("bare.json");
        assertEquals(0, Strait.run("summarize", "-q", trace, "-o", observation).status());
        List<String> ofTrace = warnings(command, trace);
        assertTrue(ofTrace.stream().anyMatch(line -> line.endsWith("[abi-assumed]")), ofTrace.toString());
        assertTrue(ofTrace.stream().anyMatch(line -> line.endsWith("[children-missing]")), ofTrace.toString());
        assertTrue(ofTrace.stream().anyMatch(line -> line.endsWith("[calls-missing]")), ofTrace.toString());
        assertEquals(ofTrace, warnings(command, observation));
    }

    private List<String> warnings(String command, Path evidence) {
        Object[] args = command.equals("check")
                ? new Object[] {command, evidence, "--profile", profile}
                : command.equals("verify")
                        ? new Object[] {command, profile, evidence}
                        : new Object[] {command, evidence};
        return Strait.run(args)
                .err()
                .lines()
                .filter(line -> line.contains(": warning: "))
                .toList();
    }

    /** Of a file of an older version nothing is known, and nothing is said; an assumed ABI stands in all of them. */
    @Test
    void anOlderObservationIsOfUnknownCompleteness() throws IOException {
        String json = run("summarize", cut, "-q").out();
        String older = json.replaceFirst("(?s) *\"completeness\": \\{.*?\\n      \\},\\n", "");
        assertFalse(older.contains("completeness"), older);
        Path observation = Files.writeString(directory.resolve("older.json"), older);
        Result strict = Strait.run("generate", observation, "--strict");
        assertEquals(0, strict.status(), strict.err());
        assertFalse(strict.err().contains("warning"), strict.err());
        Files.writeString(observation, older.replace("\"proven\"", "\"assumed\""));
        Result assumed = Strait.run("generate", observation);
        assertTrue(assumed.err().contains("[abi-assumed]"), assumed.err());
        assertEquals(1, Strait.run("generate", observation, "--strict").status());
    }

    @Test
    void theSummaryNamesWhatIsMissing() {
        for (String command : List.of("generate", "summarize")) {
            assertTrue(
                    run(command, cut).err().contains("  incomplete: 1 of 1 task had not ended\n"),
                    run(command, cut).err());
        }
        Result both = Strait.run("generate", cut, whole);
        assertTrue(both.err().contains("  1 of 2 runs is incomplete: 1 of 1 task had not ended\n"), both.err());
        assertTrue(
                run("explain", cut).out().contains("  incomplete: "),
                run("explain", cut).out());
    }

    @Test
    void anAttachedProgramIsExplainedAsSuch() throws IOException {
        Path attached = Traces.write(
                directory,
                "attached.strace",
                "7 close(3) = 0\n7 execve(\"/bin/b\", [\"b\"], 0x7ffc1abc7448 /* 4 vars */) = 0\n7 getpid() = 7\n");
        String text = run("explain", attached).out();
        assertTrue(
                text.lines().anyMatch(line -> line.contains("  close ") && line.endsWith("(unknown, attached)")), text);
        assertTrue(text.lines().anyMatch(line -> line.contains("  getpid ") && line.endsWith("/bin/b")), text);
        assertFalse(text.contains("(before execve)"), text);
    }
}
