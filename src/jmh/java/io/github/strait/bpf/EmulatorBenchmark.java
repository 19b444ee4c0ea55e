package io.github.strait.bpf;

import io.github.strait.Recording;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.trace.LineKind;
import io.github.strait.trace.TraceReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One call after the other of a trace, in its order, through the filter that was generated from it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EmulatorBenchmark {
    @Param({"postgres-1", "java"})
    public String trace;

    private Profile profile;
    private Program linear;
    private Program tree;
    private SeccompData[] calls;
    private int next;

    @Setup
    public void prove() throws IOException {
        Recording recording = Recording.of(trace);
        calls = calls(recording.stream());
        Recording.prove("calls", recording.known().lines().calls(), (long) calls.length);
        profile = recording.profile();
        Frequencies frequencies = Frequencies.ofNames(Map.of(Arch.X86_64, recording.calls()));
        linear = FilterCompiler.compile(profile, Layout.LINEAR, frequencies);
        tree = FilterCompiler.compile(profile, Layout.TREE, frequencies);
        for (SeccompData call : calls) {
            Decision decision = profile.decide(call);
            Recording.prove(
                    call + " linear",
                    decision.returnValue(),
                    Emulator.run(linear, call).value());
            Recording.prove(
                    call + " tree",
                    decision.returnValue(),
                    Emulator.run(tree, call).value());
        }
    }

    private static SeccompData[] calls(InputStream trace) throws IOException {
        List<SeccompData> calls = new ArrayList<>();
        new TraceReader(trace).forEach(line -> {
            if (line.kind() == LineKind.CALL) {
                calls.add(SeccompData.of(Arch.X86_64, line.number()));
            }
        });
        return calls.toArray(SeccompData[]::new);
    }

    private SeccompData call() {
        next = next + 1 == calls.length ? 0 : next + 1;
        return calls[next];
    }

    @Benchmark
    public ProgramResult linear() {
        return Emulator.run(linear, call());
    }

    @Benchmark
    public ProgramResult tree() {
        return Emulator.run(tree, call());
    }

    /** What the filters are held to, for comparison. */
    @Benchmark
    public Decision reference() {
        return profile.decide(call());
    }
}
