package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A fault of the program is told as one: never as a mistake of the user, and never as a finding. */
class FaultTest {
    @TempDir
    Path directory;

    /** Whatever a programmer does wrong; of these, the first was once told as bad usage. */
    static Stream<RuntimeException> faults() {
        return Stream.of(
                new IllegalArgumentException("a fault"),
                new IllegalStateException("a fault"),
                new NullPointerException("a fault"),
                new NumberFormatException("a fault"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everyCommandTellsItAsOne(RuntimeException fault) throws IOException {
        String trace = Traces.write(directory, "a.strace", Traces.X86_64).toString();
        String profile = directory.resolve("a.json").toString();
        assertEquals(0, Strait.run("generate", "-q", trace, "-o", profile).status());
        for (String line : List.of(
                "generate -",
                "generate - --format moby --no-new-privs",
                "summarize -",
                "explain -",
                "check - --profile " + profile,
                "check " + trace + " --profile -",
                "lint -",
                "verify - " + trace,
                "verify " + profile + " -",
                "diff - " + profile,
                "merge - " + profile,
                "convert - --format oci")) {
            expect(2, fault, line);
            expect(2, fault, "-q " + line);
        }
        expect(125, fault, "record --under - -o " + directory.resolve("b.strace") + " -- true");
    }

    private static void expect(int status, RuntimeException fault, String line) {
        Result result = run(fault, line);
        assertEquals(
                new Result(
                        status,
                        "",
                        "strait: error: internal error: " + fault
                                + "; please report it with the output of --verbose [internal]\n"),
                result,
                line);
    }

    @Test
    void theOutputOfVerboseSaysWhere() {
        Result result = run(new IllegalStateException("a fault"), "generate -v -");
        assertEquals(2, result.status());
        assertTrue(result.err().contains("\tat io.github.strait."), result.err());
    }

    /** Where picocli wraps it: the converter of a value, or the setter of an option, may fail too. */
    @ParameterizedTest
    @CsvSource({"generate, 2", "record, 125", "run, 125"})
    void aFaultInTheReadingOfAnOptionIsNoBadUsage(String name, int status) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(InputStream.nullInputStream(), System.out, Strait.stream(err));
        console.calledWith(List.of(name));
        CommandLine command =
                PicocliLine.of(console, Program.COMMANDS).getSubcommands().get(name);
        ParameterException wrapped =
                new ParameterException(command, "Invalid value", new IllegalArgumentException("a fault"), null, "x");
        assertEquals(status, Trouble.tell(wrapped, console));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("a fault; please report it"), err.toString());
    }

    private static Result run(RuntimeException fault, String line) {
        InputStream broken = new InputStream() {
            @Override
            public int read() {
                throw fault;
            }
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(broken, Strait.stream(out), Strait.stream(err), line.split(" "));
        return new Result(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
