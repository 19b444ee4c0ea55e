package io.github.strait.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.strait.audit.AuditLog;
import io.github.strait.audit.LogForm;
import io.github.strait.audit.Selection;
import io.github.strait.observation.Observation;
import io.github.strait.observation.ObservationReader;
import io.github.strait.observation.ObservationWriter;
import io.github.strait.observation.Run;
import io.github.strait.observation.SyscallObservation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes of a log, each line is a call, in doubt, or something else, and the run can be written down. */
class AuditFuzzTest {
    static Stream<byte[]> seeds() {
        return Seeds.logs();
    }

    @MethodSource("seeds")
    @FuzzTest
    void logsAddUp(byte[] content) throws IOException {
        Optional<LogForm> known = LogForm.of(content);
        List<LogForm> forms =
                known.isPresent() ? List.of(known.get()) : Arrays.asList(LogForm.BARE, LogForm.JSON, LogForm.EXPORT);
        for (LogForm form : forms) {
            AuditLog log = AuditLog.read(
                    "f", new ByteArrayInputStream(content), form, Selection.ALL, Optional.empty(), lines -> {});
            assertFalse(log.refusal().diagnostic().toString().isEmpty());
            check(log.run());
        }
    }

    /** The same of damaged logs, at every test run. */
    @Test
    void damagedLogsAddUp() throws IOException {
        Random random = new Random(15);
        List<byte[]> seeds = Seeds.logs().toList();
        for (int i = 0; i < 4000; i++) {
            byte[] log = seeds.get(i % seeds.size()).clone();
            for (int change = random.nextInt(8); change >= 0; change--) {
                int at = random.nextInt(log.length);
                int from = random.nextInt(log.length);
                int length = random.nextInt(1 + Math.min(40, log.length - Math.max(at, from)));
                if (random.nextBoolean()) {
                    System.arraycopy(log, from, log, at, length);
                } else {
                    log[at] = (byte) random.nextInt(256);
                }
            }
            logsAddUp(Arrays.copyOf(log, log.length - random.nextInt(log.length / 4)));
        }
    }

    private static void check(Run run) throws IOException {
        long calls = run.architectures().values().stream()
                .flatMap(arch -> arch.syscalls().values().stream())
                .mapToLong(SyscallObservation::count)
                .sum();
        assertEquals(run.lines().calls(), calls);
        assertTrue(run.unparsedAt().size() <= run.lines().unparsed());
        Observation observation = Observation.of(List.of(run));
        String written = ObservationWriter.write(observation);
        Observation back = ObservationReader.read(
                "f", new ByteArrayInputStream(written.getBytes(StandardCharsets.UTF_8)), note -> {});
        assertEquals(observation, back);
        assertEquals(written, ObservationWriter.write(back));
    }
}
