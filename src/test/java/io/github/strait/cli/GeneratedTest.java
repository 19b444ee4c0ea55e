package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds {@code generated/} to {@code traces/}, byte for byte; {@code make profiles} writes it anew. */
class GeneratedTest {
    private static final Pattern TRACE = Pattern.compile("(.+?)(-\\d+)?\\.strace(\\.zst)?");

    /** What {@code src/main/tools/profiles} runs for the evidence of a name, by the file that it writes. */
    private static final Map<String, List<String>> DOCUMENTS = Map.of(
            "observation.json", List.of("summarize"),
            "profile.json", List.of("generate"),
            "profile.moby.json", List.of("generate", "--format", "moby"),
            "names.txt", List.of("generate", "--format", "names"),
            "explain.txt", List.of("explain"));

    @Test
    void thereAreTracesOfManyPrograms() throws IOException {
        assertTrue(traces().size() >= 9, "programs with a trace: " + traces().keySet());
    }

    @Test
    void nothingIsMissingAndNothingIsStale() throws IOException {
        List<String> expected = new ArrayList<>();
        traces().keySet().forEach(name -> DOCUMENTS.keySet().forEach(file -> expected.add(name + "/" + file)));
        List<String> found = new ArrayList<>();
        if (Files.isDirectory(Path.of("generated"))) {
            try (Stream<Path> files = Files.walk(Path.of("generated"))) {
                files.filter(Files::isRegularFile)
                        .forEach(file ->
                                found.add(Path.of("generated").relativize(file).toString()));
            }
        }
        assertEquals(
                expected.stream().sorted().toList(), found.stream().sorted().toList(), "run: make profiles");
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyDocumentIsWhatItsTracesGive(String name) throws IOException {
        for (Map.Entry<String, List<String>> document : DOCUMENTS.entrySet()) {
            Path file = Path.of("generated", name, document.getKey());
            Result result = run(document.getValue(), traces().getOrDefault(name, List.of()));
            assertEquals(0, result.status(), result.err());
            assertEquals("", result.err());
            assertEquals(
                    Files.exists(file) ? Files.readString(file) : "(missing)",
                    result.out(),
                    file + ": run make profiles");
        }
    }

    /** The small observation stands for the large traces, and the committed profile passes its own check. */
    @ParameterizedTest
    @MethodSource("names")
    void theObservationGivesTheSameProfiles(String name) throws IOException {
        Path directory = Path.of("generated", name);
        List<String> observation = List.of(directory.resolve("observation.json").toString());
        for (String file : List.of("profile.json", "profile.moby.json", "names.txt", "explain.txt")) {
            assertEquals(
                    Files.readString(directory.resolve(file)),
                    run(DOCUMENTS.getOrDefault(file, List.of()), observation).out(),
                    file);
        }
        Result check = Strait.run("check", "-q", observation.get(0), "--profile", directory.resolve("profile.json"));
        assertEquals(new Result(0, "", ""), check);
    }

    static Stream<String> names() throws IOException {
        return traces().keySet().stream();
    }

    private static Result run(List<String> command, List<String> evidence) {
        List<String> words = new ArrayList<>(command);
        words.add("-q");
        words.addAll(evidence);
        return Strait.run(words.toArray());
    }

    /** The traces by the program that they are of. */
    private static Map<String, List<String>> traces() throws IOException {
        Map<String, List<String>> traces = new TreeMap<>();
        try (Stream<Path> files = Files.list(Path.of("traces"))) {
            for (Path file : files.sorted().toList()) {
                Matcher matcher = TRACE.matcher(file.getFileName().toString());
                if (matcher.matches()) {
                    traces.computeIfAbsent(matcher.group(1), key -> new ArrayList<>())
                            .add(file.toString());
                }
            }
        }
        return traces;
    }
}
