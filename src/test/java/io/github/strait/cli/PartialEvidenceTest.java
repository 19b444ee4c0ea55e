package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows from a run that lacks calls on purpose, and what does not. */
class PartialEvidenceTest {
    private static final String PARTIAL = """
            # strait-recording/1 {"kind": "command", "command": ["cat"], "partial": true, "leftOut": ["openat", "read", "write"]}
            10 [  59] execve("/bin/cat", ["cat", "/etc/motd"], 0x7ffd /* 3 vars */) = 0
            10 [  21] access("/etc/ld.so.preload", R_OK) = -1 ENOENT (No such file or directory)
            10 [  40] sendfile(1, 3, NULL, 4096) = 5
            10 [ 231] exit_group(0) = ?
            10 +++ exited with 0 +++
            """;

    @TempDir
    Path directory;

    private Path known;
    private Path partial;

    @BeforeEach
    void record() throws IOException {
        known = Traces.write(directory, "known.strace", Traces.X86_64);
        partial = Traces.write(directory, "partial.strace", PARTIAL);
    }

    @Test
    void byItselfItIsWarnedOfWithTheFix() {
        Result result = Strait.run("generate", partial);
        assertEquals(0, result.status());
        assertEquals(
                partial
                        + ": warning: 3 calls left out of this recording, as --known settled them, are in no other evidence"
                        + " here: openat, read, write; add the evidence that --known named, or if that was a profile,"
                        + " merge it with the result: strait merge PROFILE RESULT [partial-evidence]",
                result.err().lines().findFirst().orElse(""));
        assertFalse(result.err().contains("[calls-missing]"), result.err());
        assertEquals(1, Strait.run("generate", "--strict", partial).status());
    }

    /** What a filter of the program refuses never reaches strace, so the run may lack more than it says. */
    @Test
    void aFilterOfItsOwnIsWarnedOf() throws IOException {
        String end = "10 [ 231] exit_group";
        String install = "10 [ 317] seccomp(SECCOMP_SET_MODE_FILTER, 0, {len=4, filter=0x7ffe}) = 0\n";
        String old = "10 [ 157] prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, {len=4, filter=0x7ffe}) = 0\n";
        String probe = "10 [ 317] seccomp(SECCOMP_GET_ACTION_AVAIL, 0, [SECCOMP_RET_LOG]) = 0\n";
        for (String line : List.of(install, old)) {
            Path run = Traces.write(directory, "own.strace", PARTIAL.replace(end, line + end));
            String said = Strait.run("generate", known, run).err();
            assertTrue(said.contains("own.strace:5: warning: the program installs a seccomp filter of its own"), said);
        }
        Path run = Traces.write(directory, "own.strace", PARTIAL.replace(end, probe + end));
        assertFalse(Strait.run("generate", known, run).err().contains("filter of its own"));
        Path whole = Traces.write(directory, "whole.strace", Traces.X86_64.replace(end, install + end));
        assertFalse(Strait.run("generate", whole).err().contains("filter of its own"));
    }

    @Test
    void oneThatDoesNotSayWhatItLacksIsWarnedOf() throws IOException {
        Path silent = Traces.write(directory, "silent.strace", PARTIAL.replaceFirst(", \"leftOut\": \\[.*?\\]", ""));
        String said = Strait.run("generate", known, silent).err();
        assertTrue(
                said.contains("silent.strace: warning: calls were left out of this recording, and its header"), said);
    }

    @Test
    void withTheKnownEvidenceThereIsNothingToSay() throws IOException {
        Result result = Strait.run("generate", "--strict", "--format=names", known, partial);
        assertEquals(0, result.status());
        assertFalse(result.err().contains("warning"), result.err());
        assertTrue(
                result.out().contains("x86_64\tread\n") && result.out().contains("x86_64\tsendfile\n"), result.out());
        assertTrue(result.err().contains("  1 run partial: calls were left out on purpose"), result.err());
        Path observation = directory.resolve("o.json");
        assertEquals(0, Strait.run("summarize", partial, "-o", observation).status());
        assertEquals(
                result.out(),
                Strait.run("generate", "--strict", "--format=names", known, observation)
                        .out());
    }

    @Test
    void isNoneOfTheRuns() throws IOException {
        Result all = Strait.run("explain", known, partial, "--no-layer=vdso,runtime");
        assertTrue(all.out().startsWith("2 runs, 13 lines: 10 calls, 3 other, 0 unparsed\n"), all.out());
        assertTrue(all.out().contains("execve      2 calls  runs 1 of 1"), all.out());
        assertTrue(all.out().contains("sendfile    1 call   in partial runs only"), all.out());
        Result one = Strait.run("explain", known, partial, "sendfile");
        assertTrue(one.out().contains("observed: 1 call, in partial runs only, first at "), one.out());

        Path profile = directory.resolve("p.json");
        assertEquals(0, Strait.run("generate", known, partial, "-o", profile).status());
        Path other = Traces.write(directory, "other.strace", Traces.X86_64.replace("motd", "hosts"));
        Result verified = Strait.run("verify", "--minimal", profile, known, other, partial);
        assertTrue(verified.out().contains("runs 0 of 2 would have been refused"), verified.out());
    }

    @Test
    void valuesOfAPartialRunCount() throws IOException {
        String ioctl = "10 [  16] ioctl(0, FIONREAD, [0]) = 0\n10 [ 231] exit";
        Path run = Traces.write(directory, "ioctl.strace", PARTIAL.replace("10 [ 231] exit", ioctl));
        String said = Strait.run("explain", known, run, "ioctl").out();
        assertTrue(said.matches("(?s).*seen, first \\S+:5, in partial runs only\n.*"), said);
    }

    /** strict compares the flags of openat, and those of the calls that were left out are not known. */
    @Test
    void valuesThatWereLeftOutAreNotCompared() {
        Result whole = Strait.run("explain", "--args=strict", known, "openat");
        assertTrue(whole.out().contains("condition: files made without"), whole.out());
        Result with = Strait.run("explain", "--args=strict", known, partial, "openat");
        assertTrue(
                with.out().contains("record --known left calls of it out, so their values are not known"), with.out());
    }

    @Test
    void chosenProgramsAreNotToldApartInIt() {
        Result result = Strait.run("generate", "--program=cat", known, partial);
        assertTrue(
                result.err().contains("calls were left out of this recording whatever program made them"),
                result.err());
        assertFalse(Strait.run("generate", "--program=cat", known).err().contains("[partial-evidence]"), result.err());
    }

    @Test
    void aDamagedHeaderMakesItAnOrdinaryRun() throws IOException {
        Path damaged =
                Traces.write(directory, "damaged.strace", PARTIAL.replace("\"partial\": true", "\"partial\": 1"));
        Result result = Strait.run("generate", damaged);
        assertTrue(
                result.err()
                        .startsWith(damaged + ":1: warning: the header that strait record wrote is damaged:"
                                + " partial is neither true nor false; it is ignored"),
                result.err());
        assertTrue(result.err().contains("[calls-missing]"), result.err());
    }

    @Test
    void knownIsRefusedWhereItCannotBe() throws IOException {
        Path profile = directory.resolve("p.json");
        assertEquals(0, Strait.run("generate", known, "-o", profile).status());
        assertRefused("a running program cannot be put under one", "--known", known, "--attach", "1");
        assertRefused("--known and --under exclude each other", "--known", known, "--under", profile, "--", "true");
        assertRefused("standard input belongs to CMD", "--known", "-", "--", "true");
        assertRefused("--known names a profile", "--known", profile, "--profile", directory.resolve("q"), "--", "true");
        assertRefused("does not exist", "--known", directory.resolve("absent"), "--", "true");
    }

    private static void assertRefused(String why, Object... arguments) {
        Object[] line = new Object[arguments.length + 1];
        line[0] = "record";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        Result result = Strait.run(line);
        assertEquals(125, result.status(), result.err());
        assertTrue(result.err().contains(why), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
    }
}
