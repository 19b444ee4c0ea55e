package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever wrote the trace must not steer the terminal on which it is read. */
class HostileTest {
    private static final String CLEAR = "\u001b[2J";
    private static final String TITLE = "\u001b]0;owned\u0007";
    private static final String CSI = "\u009b31m";
    private static final String OVERRIDE = "\u202egnp.exe";
    private static final String ISOLATE = "\u2066x\u2069";
    private static final String SEPARATOR = "\u2028";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {CLEAR + TITLE, CSI + OVERRIDE, ISOLATE + SEPARATOR, "\r", "\u007f", "\b\b\b"})
    void programsAndArgumentsInATrace(String evil) throws IOException {
        Path trace = Traces.write(
                directory,
                "a.strace",
                Traces.X86_64.replace("/bin/cat", "/bin/" + evil)
                        + "10 [   0] read(3, \"" + evil + "\", 1) = -1 E" + evil + " (" + evil + ")\n"
                        + evil + " nobody understands this\n"
                        + "10 [ 257] op" + evil + "enat(AT_FDCWD, \"x\") = 3\n");
        everyCommand(trace);
    }

    @ParameterizedTest
    @ValueSource(strings = {CLEAR + TITLE, CSI + OVERRIDE, ISOLATE + SEPARATOR, "\r", "\n", "\u007f"})
    void namesOfFiles(String evil) throws IOException {
        everyCommand(Traces.write(directory, evil + ".strace", Traces.FLAWED));
        everyCommand(Traces.write(directory, evil + ".txt", "no trace\n"));
        everyCommand(directory.resolve("gone" + evil));
        everyCommand(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {CLEAR + TITLE, CSI + OVERRIDE, ISOLATE + SEPARATOR, "\r", "\n"})
    void everythingInAForgedObservation(String evil) throws IOException {
        Path trace = Traces.write(directory, "a.strace", Traces.X86_64);
        String json = Strait.run("summarize", trace).out();
        String escaped = escaped(evil);
        for (String part : List.of(
                "/bin/cat", "a.strace", "ENOENT", "\"openat\"", "proven", "\"x86_64\"", "observation/1", "evidence")) {
            String forged = part.startsWith("\"") ? "\"" + escaped + part.substring(1) : part + escaped;
            everyCommand(Traces.write(directory, "forged.json", json.replace(part, forged)));
        }
        String alternatives = json.replace("\"first\":", "\"alternatives\": [\"" + escaped + "\"], \"first\":");
        everyCommand(Traces.write(directory, "forged.json", alternatives));
    }

    @ParameterizedTest
    @ValueSource(strings = {CLEAR + TITLE, CSI + OVERRIDE, ISOLATE + SEPARATOR, "\r", "\n"})
    void everythingInAProfile(String evil) throws IOException {
        Path trace = Traces.write(directory, "a.strace", Traces.X86_64);
        String json = Strait.run("generate", "-q", trace).out();
        for (String part : List.of("openat", "SCMP_ACT_ALLOW", "SCMP_ARCH_X86_64", "defaultAction", "names")) {
            Path forged = Traces.write(directory, "forged", json.replace(part, part + escaped(evil)));
            harmless(Strait.run("check", trace, "--profile", forged));
        }
        harmless(Strait.run("check", trace, "--profile", Traces.write(directory, evil, "x86_64\topen" + evil + "\n")));
        harmless(Strait.run("check", trace, "--profile", Traces.write(directory, evil, evil + "\tread\n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {CLEAR + TITLE, CSI + OVERRIDE, ISOLATE + SEPARATOR, "\r", "\n"})
    void arguments(String evil) throws IOException {
        Path trace = Traces.write(directory, "a.strace", Traces.X86_64);
        for (String option : List.of("--arch", "--target", "--format", "--layer", "--color", "-o")) {
            harmless(Strait.run("generate", trace, option, "no" + evil + "/x"));
        }
        harmless(Strait.run(evil));
        harmless(Strait.run("--" + evil));
        harmless(Strait.run("generate", "--" + evil));
        harmless(Strait.run("syscalls", evil));
        harmless(Strait.run("explain", trace, evil));
        harmless(Strait.run("completion", evil));
    }

    @Test
    void aNameOfManyCharactersStaysOneLine() throws IOException {
        String longName = "/bin/" + "a".repeat(100_000);
        Path trace = Traces.write(directory, "a.strace", Traces.X86_64.replace("/bin/cat", longName));
        String explained = Strait.run("explain", trace).out();
        assertTrue(explained.lines().allMatch(line -> line.length() < 500), "a line of an explanation is not readable");
    }

    private void everyCommand(Path evidence) throws IOException {
        Path profile = directory.resolve("profile.out");
        for (Object[] args : new Object[][] {
            {"generate", evidence},
            {"generate", evidence, "--format=moby", "--color=never"},
            {"generate", evidence, "--format=names"},
            {"summarize", evidence, "-v"},
            {"explain", evidence},
            {"report", evidence},
            {"report", evidence, "--format=markdown", "--against", evidence},
            {"explain", evidence, "read", "openat"},
            {"check", evidence, "--profile", Files.writeString(profile, "x86_64\tread\n")}
        }) {
            Result result = Strait.run(args);
            harmless(result);
            assertTrue(!result.err().contains("[internal]"), result.err());
            assertTrue(result.status() != 2 || result.out().isEmpty(), result.out());
        }
        Files.delete(profile);
    }

    private static void harmless(Result result) {
        for (String text : List.of(result.out(), result.err())) {
            String harmful = text.codePoints()
                    .filter(c -> c != '\n' && c != '\t' && !isPrintable(c))
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertEquals("", harmful, text);
        }
        if (result.status() == 2) {
            long errors = result.errors().stream()
                    .filter(line -> line.contains(": error: "))
                    .count();
            assertEquals(1, errors, result.err());
        }
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> out.append(String.format("\\u%04x", c)));
        return out.toString();
    }
}
