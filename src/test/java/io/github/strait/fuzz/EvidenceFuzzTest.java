package io.github.strait.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.evidence.EvidenceReader;
import io.github.strait.observation.Observation;
import io.github.strait.observation.ObservationWriter;
import io.github.strait.observation.RunMark;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import io.github.strait.trace.Compression;
import io.github.strait.trace.TraceReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes, they are refused or are evidence whose counts add up and that can be written down. */
class EvidenceFuzzTest {
    static Stream<byte[]> traces() {
        return Stream.concat(Seeds.traces(), Seeds.compressed());
    }

    static Stream<byte[]> observations() {
        return Seeds.observations();
    }

    @MethodSource("traces")
    @FuzzTest
    void tracesAreRefusedOrAddUp(byte[] content) throws IOException {
        Optional<Evidence> evidence = read(content);
        if (evidence.isPresent() && !isJson(content)) {
            Observation observation = evidence.get().observation();
            checkRuns(observation);
            long lines = new TraceReader(Compression.open(new ByteArrayInputStream(content))).forEach(line -> {});
            assertEquals(lines, observation.lines().total());
        }
    }

    @MethodSource("observations")
    @FuzzTest
    void observationsAreRefusedOrReadBack(byte[] content) {
        if (isJson(content)) {
            read(content);
        }
    }

    private static Optional<Evidence> read(byte[] content) {
        Evidence evidence;
        try {
            evidence = evidence(content);
        } catch (RefusalException e) {
            assertFalse(e.diagnostic().toString().isEmpty());
            return Optional.empty();
        }
        Observation observation = evidence.observation();
        observation.architectures().forEach((arch, seen) -> seen.syscalls().forEach((name, call) -> check(call)));
        evidence.diagnostics()
                .forEach(diagnostic -> assertFalse(diagnostic.toString().isEmpty()));
        assertEquals(observation, observation.merge(observation));
        String written = ObservationWriter.write(observation);
        Observation back = evidence(written.getBytes(StandardCharsets.UTF_8)).observation();
        assertEquals(observation, back);
        assertEquals(written, ObservationWriter.write(back));
        return Optional.of(evidence);
    }

    /** What a trace shows adds up in every run; an observation file may say otherwise of its lines. */
    private static void checkRuns(Observation observation) {
        observation.runs().forEach(run -> {
            if (run.marks().contains(RunMark.SUMMARY_ONLY)) {
                // a row of a table stands for many calls
                assertEquals(0, run.lines().calls());
                return;
            }
            long calls = run.architectures().values().stream()
                    .flatMap(arch -> arch.syscalls().values().stream())
                    .mapToLong(SyscallObservation::count)
                    .sum();
            // the second half of a call that nobody began is evidence of a call, too
            assertTrue(run.lines().calls() <= calls
                    && calls <= run.lines().calls() + run.lines().other());
        });
    }

    private static void check(SyscallObservation call) {
        long failed = call.errors().values().stream().mapToLong(Long::longValue).sum();
        assertEquals(call.count(), call.succeeded() + call.unreturned() + failed);
    }

    private static Evidence evidence(byte[] content) {
        return new EvidenceReader(Optional.empty(), Arch.X86_64, new ByteArrayInputStream(content)).read(List.of("-"));
    }

    private static boolean isJson(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1).strip().startsWith("{");
    }
}
