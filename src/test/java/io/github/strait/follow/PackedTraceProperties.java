package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.strait.observation.Observation;
import io.github.strait.observation.ObservationWriter;
import io.github.strait.syscall.Arch;
import io.github.strait.trace.ZstdFrames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A trace that was packed in frames says what it says unpacked, however it was cut and whoever reads it. */
class PackedTraceProperties {
    @Property(tries = 200)
    void saysTheSame(
            @ForAll long seed,
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 4) int workers,
            @ForAll @IntRange(min = 1, max = 4) int ahead)
            throws IOException {
        byte[] trace = new RandomProgram(seed, true)
                .interleaved(seed, true)
                .repeat(1 + random.nextInt(20))
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] file = ZstdFrames.of(trace, random);
        int limit = 2 + random.nextInt(trace.length);
        assertEquals(
                observation(new ByteArrayInputStream(trace), 1),
                observation(ZstdFrames.apart(file, limit, ahead), workers));
    }

    private static String observation(InputStream in, int workers) throws IOException {
        TraceObserver observer = new TraceObserver(
                "trace",
                new FollowOptions(Optional.empty(), Arch.X86_64, ArgumentWatch.NONE, ProgramChoice.ALL),
                new Vocabulary());
        observer.read("trace", in, 0, 0, workers, (lines, calls) -> {});
        return observer.end()
                .map(traces -> ObservationWriter.write(Observation.of(traces.runs())))
                .orElse("nothing");
    }
}
