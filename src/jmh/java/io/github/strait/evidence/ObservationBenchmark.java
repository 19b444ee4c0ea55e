package io.github.strait.evidence;

import io.github.strait.Recording;
import io.github.strait.observation.Run;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** From the bytes of a trace to its observation, as a file and as a stream. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ObservationBenchmark {
    @Param({"postgres-1", "java"})
    public String trace;

    private Recording recording;
    private Path file;

    /** How much was read, for rates per second. */
    @State(Scope.Thread)
    @AuxCounters
    public static class Rate {
        public long bytes;
    }

    @Setup
    public void prove() throws IOException {
        recording = Recording.of(trace);
        file = Files.createTempFile("strait", ".strace");
        Files.copy(recording.stream(), file, StandardCopyOption.REPLACE_EXISTING);
        for (List<Run> runs : List.of(readFile(), readStream())) {
            Recording.prove("runs", 1, runs.size());
            Run run = runs.get(0);
            Recording.prove("digest", recording.known().id(), run.id());
            Recording.prove("lines", recording.known().lines(), run.lines());
            Recording.prove("calls", recording.calls(), Recording.calls(run));
        }
    }

    @TearDown
    public void delete() throws IOException {
        Files.delete(file);
    }

    private List<Run> readFile() {
        return Recording.runs(file.toString(), InputStream.nullInputStream());
    }

    private List<Run> readStream() {
        return Recording.runs("-", recording.stream());
    }

    @Benchmark
    public List<Run> file(Rate rate) {
        rate.bytes += recording.size();
        return readFile();
    }

    @Benchmark
    public List<Run> stream(Rate rate) {
        rate.bytes += recording.size();
        return readStream();
    }
}
