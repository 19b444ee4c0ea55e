package io.github.strait.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.strait.cli.Strait;
import io.github.strait.format.Formats;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What is derived of many programs, with the conditions on arguments of a tier. */
final class ConditionedProfiles {
    private ConditionedProfiles() {}

    /** Observations: of {@code traces/}, and of the programs that the benchmark of conditions leaves out in turn. */
    static ImmutableList<Path> evidence() throws IOException {
        try (Stream<Path> generated = Files.list(Path.of("generated"));
                Stream<Path> measured = Files.list(Path.of("src/bench/arguments.d"))) {
            ImmutableList<Path> files = Stream.concat(
                            generated.map(folder -> folder.resolve("observation.json")),
                            measured.filter(file -> file.toString().endsWith(".json.zst")))
                    .sorted()
                    .collect(ImmutableList.toImmutableList());
            assertTrue(files.size() >= 25, files::toString);
            return files;
        }
    }

    /** The profile with the conditions of a tier, which has some. */
    static Profile of(Path evidence, String tier) {
        Profile profile = derived(evidence, tier);
        List<Rule> conditional =
                profile.rules().stream().filter(Rule::isConditional).toList();
        assertTrue(conditional.size() > 1, () -> evidence + " has " + conditional);
        return profile;
    }

    /** The profile with the conditions of a tier, or with none. */
    static Profile derived(Path evidence, String tier) {
        Strait.Result result = Strait.run("generate", "-q", "--args", tier, evidence);
        assertEquals(0, result.status(), result.err());
        return Formats.read(evidence.toString(), result.out().getBytes(StandardCharsets.UTF_8))
                .profile();
    }
}
