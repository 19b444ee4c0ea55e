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
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Evidence of eight runs, three of which alone show a call, and how good it must be. */
class QualityTest {
    private static final String LINE =
            "3 of 8 runs showed a call that no other run did: one more run of the same kind shows a new one about as often"
                    + " (38 %, 90 % interval 11 to 71 %); runs of another kind, more often.";

    @TempDir
    Path directory;

    private Path runs;
    private Path profile;

    @BeforeEach
    void record() throws IOException {
        runs = Files.createDirectory(directory.resolve("runs"));
        List<String> alone = List.of(
                "10 [  83] mkdir(\"a\", 0777) = 0\n", "10 [  84] rmdir(\"a\") = 0\n", "10 [  80] chdir(\"a\") = 0\n");
        for (int i = 0; i < 8; i++) {
            String end = "10 [ 231] exit_group(0) = ?\n10 +++ exited with 0 +++\n";
            String more = (i < 3 ? alone.get(i) : "") + "10 [  39] getpid() = " + (10 + i) + "\n";
            Traces.write(runs, "run" + i + ".strace", Traces.X86_64.replace(end, more + end));
        }
        profile = directory.resolve("profile.json");
        assertEquals(0, Strait.run("generate", "-q", runs, "-o", profile).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"generate", "explain", "summarize"})
    void itIsSaidInOneLine(String command) {
        Result result = Strait.run(command, runs);
        assertTrue((result.out() + result.err()).contains("\n  " + LINE + "\n"), result.toString());
    }

    @Test
    void reportsSayItToo() {
        String text = Strait.run("report", runs, "--format", "markdown").out();
        assertTrue(text.contains("\n- " + LINE + "\n"), text);
        String few = Strait.run("report", runs.resolve("run0.strace"), "--format", "markdown")
                .out();
        assertTrue(few.contains("\n- Too few runs to say "), few);
    }

    @Test
    void fewRunsSayNothing() {
        Result result = Strait.run("explain", runs.resolve("run0.strace"));
        assertTrue(result.out().contains("\n  too few runs to say "), result.out());
        assertFalse(result.out().contains("%"), result.out());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "--min-runs, 8, -",
                "--min-runs, 9, 'the evidence is of 8 runs and --min-runs asks for 9; record 1 more, each another task [too-few-runs]'",
                "--max-new-call-rate, 0.4, -",
                "--max-new-call-rate, 38%, -",
                "--max-new-call-rate, 37%, '3 of 8 runs showed a call that no other run did (38 %), and --max-new-call-rate allows 37 %; record more runs, each another task [new-call-rate]'",
                "--max-new-call-rate, 0, '3 of 8 runs showed a call that no other run did (38 %), and --max-new-call-rate allows 0 %; record more runs, each another task [new-call-rate]'",
            })
    void evidenceBelowTheQualityIsAFinding(String option, String limit, String error) {
        Result check = Strait.run("check", runs, "--profile", profile, option, limit);
        Path out = directory.resolve("out");
        Result generate = Strait.run("generate", "-q", "--strict", runs, option, limit, "-o", out);
        String errors = error == null ? "" : "strait: error: " + error + "\n";
        assertEquals(new Result(error == null ? 0 : 1, "", errors), check);
        assertEquals(new Result(error == null ? 0 : 1, "", errors), generate);
        assertEquals(error == null, Files.exists(out));
    }

    @Test
    void tooFewRunsDoNotMeetARate() {
        Result result = Strait.run(
                "generate", "-q", runs.resolve("run0.strace"), "--max-new-call-rate", "1", "--min-runs", "2");
        assertEquals(new Result(1, "", """
                        strait: error: the evidence is of 1 run and --min-runs asks for 2; record 1 more, each another task [too-few-runs]
                        strait: error: the evidence is of 1 run, too few to say how often one more shows a new call, and --max-new-call-rate allows 100 %; record 4 or more, each another task [new-call-rate]
                        """), result);
    }

    @Test
    void eachMachineIsJudged() throws IOException {
        Path arm = Traces.write(directory, "arm.strace", Traces.AARCH64);
        Result result = Strait.run("generate", "-q", runs, arm, "--min-runs", "4");
        assertEquals(1, result.status());
        assertTrue(
                result.err().contains("the evidence is of 1 run on aarch64 and --min-runs asks for 4; record 3 more"),
                result.err());
        assertFalse(result.err().contains("x86_64"), result.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1"})
    void fewerThanOneRunIsNothingToAskFor(String number) {
        Result result = Strait.run("generate", "-q", runs, "--min-runs", number);
        assertEquals(2, result.status());
        assertEquals("strait: error: --min-runs takes a number from 1 [usage]\n", result.err());
    }

    @Test
    void theJsonOfCheckHasIt() throws IOException {
        Result result = Strait.run(
                "check",
                runs,
                "--profile",
                profile,
                "--format",
                "json",
                "--min-runs",
                "4",
                "--max-new-call-rate",
                "20%");
        assertEquals(1, result.status());
        JsonNode quality = new ObjectMapper().readTree(result.out()).get("quality");
        assertEquals(
                "{\"runs\":8,\"runsAlone\":3,\"newCallRate\":0.375,\"interval\":[0.1111,0.7108],\"minRuns\":4,"
                        + "\"maxNewCallRate\":0.2,\"met\":false,\"shortfalls\":[\"3 of 8 runs showed a call that no other run"
                        + " did (38 %), and --max-new-call-rate allows 20 %; record more runs, each another task\"]}",
                quality.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"20", "-0.1", "101%", "x", "%", ""})
    void whatIsNoRateIsRefused(String word) {
        Result result = Strait.run("generate", runs, "--max-new-call-rate=" + word);
        assertEquals(2, result.status());
        assertTrue(
                result.err()
                        .contains("'" + word
                                + "' is not a rate (expected a fraction such as 0.2, or a percentage such as 20%)"),
                result.err());
    }
}
