package io.github.strait.trace;

import io.github.strait.Recording;
import io.github.strait.trace.scan.ScanSummary;
import io.github.strait.trace.scan.TraceScan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Reading a trace that is in memory: its lines scanned, parsed, and all that they say. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TraceReaderBenchmark {
    @Param({"postgres-1", "java"})
    public String trace;

    private Recording recording;

    /** How much was read, for rates per second. */
    @State(Scope.Thread)
    @AuxCounters
    public static class Rate {
        public long lines;
        public long bytes;
    }

    /** Counts lines and calls, from the summary of a line that has one. */
    private static final class Counter implements LineHandler {
        private long calls;
        private long parsed;

        @Override
        public void accept(Line line) {
            parsed++;
            calls += line.kind() == LineKind.CALL ? 1 : 0;
        }

        @Override
        public boolean scanned(int tid, int number, int summary) {
            calls += ScanSummary.isCall(summary) ? 1 : 0;
            return true;
        }
    }

    @Setup
    public void prove() throws IOException {
        recording = Recording.of(trace);
        int[] calls = new int[1];
        long lines = read(line -> calls[0] += line.kind() == LineKind.CALL ? 1 : 0);
        Recording.prove("lines", recording.known().lines().total(), lines);
        Recording.prove("calls", recording.known().lines().calls(), (long) calls[0]);
        Counter counter = new Counter();
        Recording.prove("lines", lines, scan(counter));
        Recording.prove("calls", (long) calls[0], counter.calls);
        Recording.prove("whether most lines are recognised", true, counter.parsed < lines / 4);
        TreeMap<String, Long> names = new TreeMap<>();
        read(line -> {
            if (line.kind() == LineKind.CALL) {
                names.merge(line.name(), 1L, Long::sum);
                proveArguments(line);
            }
        });
        Recording.prove("names", recording.calls(), names);
    }

    private static void proveArguments(Line line) {
        String text = line.text();
        String written = line.name() + "(" + String.join(", ", texts(line.arguments()));
        int end = text.indexOf(written) + written.length();
        boolean whole = text.contains(written) && (text.startsWith(")", end) || text.endsWith(" <unfinished ...>"));
        Recording.prove("arguments of " + text, true, whole);
    }

    private static List<String> texts(Arguments arguments) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            texts.add(arguments.text(i));
        }
        return texts;
    }

    private long read(LineHandler handler) throws IOException {
        return new TraceReader(recording.stream()).forEach(handler);
    }

    private long scan(LineHandler handler) throws IOException {
        return new TraceReader(recording.stream()).forEach(handler, new TraceScan(), 1);
    }

    /** What a scan sees: tids, numbers, names and how calls end; the rest parsed. */
    @Benchmark
    public void scan(Rate rate, Blackhole hole) throws IOException {
        Counter counter = new Counter();
        rate.lines += scan(counter);
        rate.bytes += recording.size();
        hole.consume(counter.calls);
    }

    /** Each line parsed: kinds, tids, names and results. */
    @Benchmark
    public void lines(Rate rate, Blackhole hole) throws IOException {
        rate.lines += read(line -> {
            hole.consume(line.kind());
            hole.consume(line.value());
        });
        rate.bytes += recording.size();
    }

    /** Each line parsed, and its name and arguments made text. */
    @Benchmark
    public void parse(Rate rate, Blackhole hole) throws IOException {
        rate.lines += read(line -> {
            hole.consume(line.name());
            hole.consume(texts(line.arguments()));
        });
        rate.bytes += recording.size();
    }
}
