package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The layer of a runtime is what a recorded container shows between the filter and execve, or else its table. */
class MeasuredRuntimeTest {
    private static final Path TRACES = Path.of("src/test/resources/io/github/strait/follow");
    private static final Path CRUN = TRACES.resolve("container-crun-no-new-privs.strace");
    private static final Path RUNC = TRACES.resolve("container-runc.strace");

    @TempDir
    Path directory;

    @Test
    void whatFollowsTheFilterIsTheLayer() {
        Result measured = generate(CRUN, "--runtime", "measured");
        assertEquals(0, measured.status(), measured.err());
        assertFalse(measured.out().contains("pselect6"), measured.out());
        assertEquals(List.of(), warnings(measured), "as the table says");
        // and the table of this version has no more than the program and that
        assertEquals(generate(CRUN, "--runtime", "crun@1.8.1", "--no-new-privs").out(), measured.out());
    }

    @Test
    void aDifferenceFromTheTableIsOneLine() throws IOException {
        Path changed = directory.resolve("new.strace");
        Files.writeString(
                changed,
                Files.readString(CRUN)
                        .replace("951   [   3] close(5)                   = 0\n", "951   [  32] dup(5) = 6\n"));
        Result measured = generate(changed, "--runtime", "measured");
        assertTrue(measured.out().contains("\tdup\n"), measured.out());
        assertEquals(
                List.of(
                        "strait: warning: crun 1.8.1 called dup execve under the filter; the table of crun@1.8.1 lacks dup;"
                                + " the table of crun@1.8.1 also has close [measured-runtime]"),
                warnings(measured));
    }

    @Test
    void whereTheFilterWasInBeforeTheTableStays() {
        Result measured = generate(RUNC, "--runtime", "measured");
        assertEquals(generate(RUNC, "--runtime", "runc@1.1.5").out(), measured.out());
        assertEquals(1, warnings(measured).size(), measured.err());
        assertTrue(measured.err().contains("the table of runc@1.1.5 stands in [not-measured]"), measured.err());
    }

    @Test
    void aTraceWithoutARuntimeMeasuresNone() throws IOException {
        Result result = generate(Traces.write(directory, "a.strace", Traces.X86_64), "--runtime", "measured");
        assertEquals(2, result.status());
        assertEquals("", result.out());
        assertTrue(result.err().contains("record one with: strait record --image IMAGE"), result.err());
    }

    @Test
    void explainShowsTheRuntimeApart() {
        String overview = Strait.run("explain", CRUN).out();
        assertTrue(
                overview.contains(
                        "the container's runtime on x86_64, before the program; this allows nothing\n  close"),
                overview);
        assertTrue(overview.contains("  pselect6"), overview);
        assertEquals(
                "pselect6 on x86_64: not allowed: not observed, and no layer names it\n"
                        + "pselect6 on x86_64, by the container's runtime: 1 call before the program, first at " + CRUN
                        + ":2; this allows nothing\n",
                Strait.run("explain", CRUN, "pselect6").out());
        assertTrue(Strait.run("explain", CRUN, "close").out().contains(", 1 under the filter; this allows nothing"));
        assertTrue(
                Strait.run("explain", "--format", "json", CRUN).out().contains("\"runtime\""), "the same for programs");
    }

    /** A header is text that anyone can write: it chooses between tables and adds nothing. */
    @Test
    void aHostileVersionChoosesNoTable() throws IOException {
        Path hostile = directory.resolve("h.strace");
        Files.writeString(
                hostile, Files.readString(RUNC).replace("\"runc 1.1.5+ds1\"", "\"\\u001b[2J@9 99999999999999999999\""));
        Result result = generate(hostile, "--runtime", "measured");
        assertEquals(generate(RUNC, "--runtime", "docker").out(), result.out());
        assertFalse(result.err().contains("\u001b"), result.err());
    }

    private static List<String> warnings(Result result) {
        return result.err().lines().filter(line -> line.contains("warning: ")).toList();
    }

    private static Result generate(Path trace, String... options) {
        Object[] words = new Object[4 + options.length];
        words[0] = "generate";
        words[1] = trace;
        words[2] = "--format";
        words[3] = "names";
        System.arraycopy(options, 0, words, 4, options.length);
        return Strait.run(words);
    }
}
