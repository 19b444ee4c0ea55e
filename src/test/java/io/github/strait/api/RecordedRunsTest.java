package io.github.strait.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.observation.NewCallRates;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Run;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the figures of {@code completeness.md} rest on, in short: the recorded runs, and that the rate has little bias. */
class RecordedRunsTest {
    private static final int EVIDENCE = 8;
    private static final int SPLITS = 40;

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/bench/completeness.d"))) {
            return files.filter(file -> file.toString().endsWith(".json.zst"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theRateOfRandomRunsHasLittleBias() throws IOException {
        Random random = new Random(1);
        double errors = 0;
        int trials = 0;
        for (Path file : files()) {
            Observation observation = Strait.read(file).observation();
            List<Run> runs = new ArrayList<>(observation.runs());
            assertTrue(runs.size() >= 30, file + " has " + runs.size() + " runs");
            for (int i = 0; i < SPLITS; i++) {
                Collections.shuffle(runs, random);
                errors += error(runs);
                trials++;
            }
        }
        assertEquals(15 * SPLITS, trials);
        assertTrue(Math.abs(errors / trials) < 0.04, "the bias is " + errors / trials);
    }

    /** The rate of the first runs, less how many of the others show a call that these do not. */
    private static double error(List<Run> runs) {
        List<Run> evidence = runs.subList(0, EVIDENCE);
        List<Run> others = runs.subList(EVIDENCE, runs.size());
        Set<String> known = new HashSet<>();
        evidence.forEach(run -> known.addAll(calls(run)));
        long showing =
                others.stream().filter(run -> !known.containsAll(calls(run))).count();
        NewCallRates rates = NewCallRates.of(Observation.of(evidence));
        return rates.all().estimate().orElseThrow().rate() - (double) showing / others.size();
    }

    /** All runs are of one ABI. */
    private static Set<String> calls(Run run) {
        return run.architectures().get(Arch.X86_64).syscalls().keySet();
    }
}
