package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.cli.Strait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program that {@code traces/} has, and that the workload of the same name drives.
 *
 * @param name as in {@code generated/}
 * @param evidence its trace, or the traces of its runs
 */
record TracedProgram(String name, ImmutableList<Path> evidence) {
    static final Path WORKLOADS = Path.of("src/main/tools/traces/workloads");
    private static final Path TRACES = Path.of("traces");

    /** Every program of {@code traces/}, in the order of the names. */
    static ImmutableList<TracedProgram> all() throws IOException {
        try (Stream<Path> files = Files.list(TRACES)) {
            ImmutableSortedSet<Path> traces = files.collect(ImmutableSortedSet.toImmutableSortedSet(Path::compareTo));
            return traces.stream()
                    .map(TracedProgram::programOf)
                    .distinct()
                    .map(name -> new TracedProgram(
                            name,
                            traces.stream()
                                    .filter(trace -> programOf(trace).equals(name))
                                    .collect(ImmutableList.toImmutableList())))
                    .collect(ImmutableList.toImmutableList());
        }
    }

    /** {@code postgres} for {@code postgres-2.strace.zst}. */
    private static String programOf(Path trace) {
        return trace.getFileName().toString().replaceFirst("(-\\d+)?\\.strace(\\.zst)?$", "");
    }

    /** What {@code generate} gives for its traces with these options. */
    byte[] profile(List<String> options) {
        return generate(evidence, options);
    }

    /** The names of the calls that its traces show, whatever their architecture. */
    ImmutableSortedSet<String> observedCalls() {
        return allowedCalls(List.of("--no-layer", "essential,vdso", "--runtime", "none"));
    }

    /** The names of the calls that its profile allows, whatever their architecture. */
    ImmutableSortedSet<String> allowedCalls(List<String> options) {
        List<String> words = ImmutableList.<String>builder()
                .addAll(options)
                .add("--format", "names")
                .build();
        return new String(profile(words), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.substring(line.indexOf('\t') + 1))
                .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
    }

    /** What {@code generate} gives for evidence. */
    static byte[] generate(List<Path> evidence, List<String> options) {
        List<Object> words = new ArrayList<>(List.of("generate", "-q"));
        words.addAll(evidence);
        words.addAll(options);
        Strait.Result result = Strait.run(words.toArray());
        assertEquals(0, result.status(), result.err());
        return result.out().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return name;
    }
}
