package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import org.junit.jupiter.api.Test;

class TrainingTest {
    @Test
    void everyCommandOfTheTrainingSucceeds() {
        assertEquals(Collections.nCopies(6, ExitStatus.DONE), Training.train("traces/curl.strace.zst"));
    }

    @Test
    void everyCommandOfTheTrainingForLargeEvidenceSucceeds() {
        assertEquals(
                Collections.nCopies(6 + 2 * 2, ExitStatus.DONE),
                Training.trainLarge(2, "traces/curl.strace.zst", "traces/redis.strace.zst"));
    }
}
