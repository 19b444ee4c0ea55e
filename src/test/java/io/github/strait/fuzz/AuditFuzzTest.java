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
import java.util.stream.Stream;
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
