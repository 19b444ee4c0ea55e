package io.github.strait.follow;

import io.github.strait.Recording;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.Run;
import io.github.strait.syscall.Arch;
import io.github.strait.trace.Block;
import io.github.strait.trace.BlockScanner;
import io.github.strait.trace.TraceReader;
import io.github.strait.trace.TraceReaderBenchmark.Rate;
import io.github.strait.trace.scan.TraceScan;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A session of short programs, followed from the summaries of its lines, and with each line parsed. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SessionBenchmark {
    private Recording recording;

    @Setup
    public void prove() throws IOException {
        recording = Recording.of("git");
        prove(parsed(new Rate()));
        prove(fromSummaries(new Rate()));
    }

    private void prove(List<UnresolvedRun> runs) {
        Recording.prove("runs", 1, runs.size());
        UnresolvedRun seen = runs.get(0);
        List<AbiResolver.Decision> decisions = AbiResolver.resolve(seen.groups(), Optional.empty(), Arch.X86_64);
        Run run = RunAssembler.assemble(recording.known().id(), seen, decisions, ArgumentWatch.NONE);
        Recording.prove("lines", recording.known().lines(), run.lines());
        Recording.prove("calls", recording.known().architectures(), run.architectures());
    }

    private List<UnresolvedRun> followed(Rate rate, BlockScanner.Factory scanners) throws IOException {
        String file = recording.known().source();
        RunDivider runs = new RunDivider(file, new PrintedNameTable(), ArgumentWatch.NONE, ProgramChoice.ALL);
        long lines = new TraceReader(recording.stream(), file, 0, recording.size()).forEach(runs, scanners, 1);
        runs.endFile(0, new SourcePosition(file, lines), false);
        rate.lines += lines;
        rate.bytes += recording.size();
        return runs.end();
    }

    @Benchmark
    public List<UnresolvedRun> fromSummaries(Rate rate) throws IOException {
        return followed(rate, new TraceScan());
    }

    @Benchmark
    public List<UnresolvedRun> parsed(Rate rate) throws IOException {
        return followed(rate, tid -> Block::divide);
    }
}
