package io.github.strait.trace.scan;

import io.github.strait.Recording;
import io.github.strait.trace.Block;
import io.github.strait.trace.BlockScanner;
import io.github.strait.trace.ByteSearch;
import io.github.strait.trace.Compression;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineHandler;
import io.github.strait.trace.LineKind;
import io.github.strait.trace.TraceReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Stack frames of {@code -k}, nine lines in ten, counted in one step, line by line, and parsed. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FurnitureBenchmark {
    private static final String COLUMNS = "src/bench/columns.strace.zst";

    private byte[] bytes;

    /** How much was read, for rates per second. */
    @State(Scope.Thread)
    @AuxCounters
    public static class Rate {
        public long frames;
        public long bytes;
    }

    /** Counts frames; all other lines are handled unseen. */
    private static final class Counter implements LineHandler {
        private long frames;

        @Override
        public int scannedAlike(int tid, int summary, int lines) {
            frames += ScanSummary.isFurniture(summary) ? lines : 0;
            return lines;
        }

        @Override
        public boolean scanned(int tid, int number, int summary) {
            frames += ScanSummary.isFurniture(summary) ? 1 : 0;
            return true;
        }

        @Override
        public void accept(Line line) {
            frames += line.kind() == LineKind.FRAME ? 1 : 0;
        }
    }

    /** Divides a block into frames, found in one way or the other, and into lines that all pass as signals. */
    private static final class Frames implements BlockScanner {
        private final FurnitureScanner furniture = new FurnitureScanner();
        private final boolean isPlain;

        Frames(boolean isPlain) {
            this.isPlain = isPlain;
        }

        @Override
        public void scan(Block block) {
            furniture.begin(block);
            byte[] bytes = block.bytes();
            int p = 0;
            while (p < block.length()) {
                int next = isPlain || bytes[p] != ' ' ? p : furniture.scan(block, p, 0);
                if (next == p) {
                    int end = ByteSearch.find(bytes, p, (byte) '\n');
                    boolean isFrame = bytes[p] == ' ' && bytes[p + 1] == '>' && bytes[end - 1] == ']';
                    int summary = isFrame ? ScanSummary.furniture() : ScanSummary.childSignal();
                    block.add(p, 0, Line.NO_NUMBER, summary);
                    next = end + 1;
                }
                p = next;
            }
        }
    }

    @Setup
    public void prove() throws IOException {
        try (InputStream in = Compression.open(Files.newInputStream(Path.of(COLUMNS)))) {
            bytes = in.readAllBytes();
        }
        long frames = parsed(new Rate());
        Recording.prove("whether most lines are frames", true, frames > 10_000);
        Recording.prove("frames in one step", frames, inOneStep(new Rate()));
        Recording.prove("frames line by line", frames, lineByLine(new Rate()));
    }

    private long counted(Rate rate, BlockScanner.Factory scanners) throws IOException {
        Counter counter = new Counter();
        new TraceReader(new ByteArrayInputStream(bytes)).forEach(counter, scanners, 1);
        rate.frames += counter.frames;
        rate.bytes += bytes.length;
        return counter.frames;
    }

    @Benchmark
    public long inOneStep(Rate rate) throws IOException {
        return counted(rate, tid -> new Frames(false));
    }

    @Benchmark
    public long lineByLine(Rate rate) throws IOException {
        return counted(rate, tid -> new Frames(true));
    }

    /** Each line parsed. */
    @Benchmark
    public long parsed(Rate rate) throws IOException {
        return counted(rate, tid -> Block::divide);
    }
}
