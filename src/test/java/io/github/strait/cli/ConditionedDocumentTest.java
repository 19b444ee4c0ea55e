package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.strait.cli.Strait.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents with conditions stay the same bytes whoever reads and writes them. */
class ConditionedDocumentTest {
    /** Every third program keeps the time short. */
    private static final int STEP = 3;

    @TempDir
    private Path directory;

    private static ImmutableList<Path> evidence() throws IOException {
        try (Stream<Path> measured = Files.list(Path.of("src/bench/arguments.d"))) {
            List<Path> all = measured.filter(file -> file.toString().endsWith(".json.zst"))
                    .sorted()
                    .toList();
            ImmutableList<Path> some = IntStream.range(0, all.size())
                    .filter(i -> i % STEP == 0)
                    .mapToObj(all::get)
                    .collect(ImmutableList.toImmutableList());
            assertTrue(some.size() > 5, some::toString);
            return some;
        }
    }

    private static String out(Object... arguments) {
        Result result = Strait.run(arguments);
        assertEquals(0, result.status(), result.err());
        return result.out();
    }

    @ParameterizedTest
    @CsvSource({"safe, oci", "safe, moby", "strict, oci", "strict, moby"})
    void convertAndMergeWriteTheSameAgain(String tier, String format) throws IOException {
        String last = "";
        Path before = directory.resolve("before");
        for (Path evidence : evidence()) {
            Path profile = directory.resolve("profile");
            String derived = out("generate", "-q", "--args", tier, "--format", format, evidence);
            assertTrue(derived.contains("SCMP_CMP_MASKED_EQ"), evidence::toString);
            Files.writeString(profile, derived);
            assertEquals(derived, out("convert", "-q", "--format", format, profile));
            assertEquals("", out("check", "-q", "--args", tier, "--format", format, evidence, "--profile", profile));
            Path merged = Files.writeString(directory.resolve("merged"), out("merge", "-q", profile, profile));
            assertEquals(Files.readString(merged), out("merge", "-q", merged, merged));
            assertEquals(Files.readString(merged), out("merge", "-q", profile, merged));
            assertEquals("", out("diff", "-q", profile, merged));
            if (!last.isEmpty()) {
                assertEquals(out("merge", "-q", before, profile), out("merge", "-q", profile, before));
            }
            last = derived;
            Files.writeString(before, derived);
        }
    }

    @Test
    void explanationsComeFromTheObservationAlone() throws IOException {
        for (Path evidence : evidence()) {
            Path again = Files.writeString(directory.resolve("again.json"), out("summarize", "-q", evidence));
            Object[] calls = {"explain", "-q", "--args=safe", evidence, "socket", "ioctl", "fcntl", "clone", "prctl"};
            String explanation = out(calls);
            assertTrue(explanation.contains("\n  condition: "), explanation);
            calls[3] = again;
            assertEquals(explanation, out(calls));
        }
    }
}
