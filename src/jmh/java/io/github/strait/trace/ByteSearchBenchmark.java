package io.github.strait.trace;

import io.github.strait.Recording;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The ends of all lines and strings of a trace, eight bytes at a time without branches and in plain ways. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ByteSearchBenchmark {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    @Param({"postgres-1", "git"})
    public String trace;

    /** A trace, a line feed, and some bytes more, as in a block. */
    private byte[] bytes;

    private int length;
    /** Where strings begin, after the quotes. */
    private int[] strings;

    /** How many searches there were, for rates per second. */
    @State(Scope.Thread)
    @AuxCounters
    public static class Rate {
        public long searches;
    }

    /** One way to search. */
    @FunctionalInterface
    private interface Search {
        long sum(Rate rate);
    }

    @Setup
    public void prove() throws IOException {
        Recording recording = Recording.of(trace);
        length = recording.size();
        bytes = Arrays.copyOf(recording.stream().readAllBytes(), length + Block.PADDING);
        bytes[length] = '\n';
        strings = IntStream.range(1, length)
                .filter(p -> bytes[p - 1] == '"' && " (,[".indexOf(bytes[Math.max(0, p - 2)]) >= 0)
                .toArray();
        same("lines", recording.known().lines().total(), this::lines, this::linesByTrailingZeros, this::linesByBytes);
        same("strings", strings.length, this::strings, this::stringsByBytes);
    }

    private static void same(String what, long searches, Search... ways) {
        long known = ways[0].sum(new Rate());
        for (Search way : ways) {
            Rate rate = new Rate();
            Recording.prove(what + " ends", known, way.sum(rate));
            Recording.prove(what, searches, rate.searches);
        }
    }

    @Benchmark
    public long lines(Rate rate) {
        long sum = 0;
        long searches = 0;
        for (int p = 0; p < length; p++) {
            p = ByteSearch.find(bytes, p, (byte) '\n');
            sum += p;
            searches++;
        }
        rate.searches += searches;
        return sum;
    }

    /** As {@link #lines}, but the place in the eight bytes is found as Java finds it. */
    @Benchmark
    public long linesByTrailingZeros(Rate rate) {
        long sum = 0;
        long searches = 0;
        for (int p = 0; p < length; p++) {
            p = findByTrailingZeros(bytes, p);
            sum += p;
            searches++;
        }
        rate.searches += searches;
        return sum;
    }

    private static int findByTrailingZeros(byte[] bytes, int from) {
        int p = from;
        while (true) {
            long other = ByteSearch.word(bytes, p) ^ ONES * '\n';
            long zero = other - ONES & ~other & HIGHS;
            if (zero != 0) {
                return p + (Long.numberOfTrailingZeros(zero) >>> 3);
            }
            p += Long.BYTES;
        }
    }

    @Benchmark
    public long linesByBytes(Rate rate) {
        long sum = 0;
        long searches = 0;
        for (int p = 0; p < length; p++) {
            while (bytes[p] != '\n') {
                p++;
            }
            sum += p;
            searches++;
        }
        rate.searches += searches;
        return sum;
    }

    @Benchmark
    public long strings(Rate rate) {
        long sum = 0;
        for (int start : strings) {
            sum += ByteSearch.findAny(bytes, start, (byte) '"', (byte) '\\', (byte) '\n');
        }
        rate.searches += strings.length;
        return sum;
    }

    @Benchmark
    public long stringsByBytes(Rate rate) {
        long sum = 0;
        for (int start : strings) {
            int p = start;
            while (bytes[p] != '"' && bytes[p] != '\\' && bytes[p] != '\n') {
                p++;
            }
            sum += p;
        }
        rate.searches += strings.length;
        return sum;
    }
}
