package io.github.strait.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.strait.profile.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The filters of profiles with conditions answer as the reference does, at the border of every value. */
class ConditionedFilterTest {
    @ParameterizedTest
    @MethodSource("evidence")
    void theFilterAnswersAsTheProfileDecides(Path evidence) {
        for (String tier : List.of("safe", "strict")) {
            Profile profile = ConditionedProfiles.of(evidence, tier);
            Program filter = FilterCompiler.compile(profile);
            assertEquals(Optional.empty(), Differences.first(filter, profile), () -> evidence + " " + tier);
        }
    }

    static List<Path> evidence() throws IOException {
        return ConditionedProfiles.evidence();
    }
}
