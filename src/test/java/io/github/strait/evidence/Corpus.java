package io.github.strait.evidence;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The recorded traces among the resources, each with what an independent witness counted. */
public final class Corpus {
    private static final Splitter TAB = Splitter.on('\t');
    private static final Splitter SPACE = Splitter.on(' ').omitEmptyStrings();
    private static final Splitter MARKS = Splitter.onPattern("=|,");

    private Corpus() {}

    /** How often a call was made, and how often it failed where the witness says so. */
    record Count(long calls, long errors) {
        Count plus(Count other) {
            return new Count(calls + other.calls, errors + other.errors);
        }
    }

    /**
     * A trace and its witness.
     *
     * @param machine the native ABI of the machine that recorded it
     * @param calls by ABI, then by the witness's name
     */
    public record Recording(String trace, Arch machine, Map<Arch, Map<String, Count>> calls) {
        /** What strait makes of it. */
        public Evidence read(Optional<Arch> declared) {
            return new EvidenceReader(declared, Arch.X86_64, InputStream.nullInputStream())
                    .read(List.of(path(trace).toString()));
        }

        /** Where it is: a file, or the common beginning of several. */
        public Path file() {
            return path(trace);
        }

        @Override
        public String toString() {
            return trace;
        }
    }

    /** Traces of x86_64 whose calls the kernel counted. */
    public static ImmutableList<Recording> kernel() {
        return kernel("kernel.tsv");
    }

    /** Traces that show less than the kernel counted, or another run of the same program. */
    public static ImmutableList<Recording> partial() {
        return kernel("partial.tsv");
    }

    /** How each of those traces was recorded, and of those that only strace saw. */
    public static ImmutableList<CorpusRow> manifest() {
        return rows("manifest.tsv").stream().map(CorpusRow::of).collect(ImmutableList.toImmutableList());
    }

    private static ImmutableList<Recording> kernel(String file) {
        Map<String, Recording> recordings = new LinkedHashMap<>();
        for (List<String> row : rows(file)) {
            recordings
                    .computeIfAbsent(
                            "kernel/" + row.get(0), trace -> new Recording(trace, Arch.X86_64, new TreeMap<>()))
                    .calls
                    .put(Arch.parse(row.get(1)), counts(row.get(2)));
        }
        return ImmutableList.copyOf(recordings.values());
    }

    /** Traces of many machines whose calls strace counted. */
    public static ImmutableList<Recording> strace() {
        Map<String, Recording> recordings = new LinkedHashMap<>();
        for (List<String> row : rows("strace.tsv")) {
            recordings
                    .computeIfAbsent(
                            "strace/" + row.get(0),
                            trace -> new Recording(trace, Arch.parse(row.get(1)), new TreeMap<>()))
                    .calls
                    .put(Arch.parse(row.get(2)), counts(row.get(3)));
        }
        return ImmutableList.copyOf(recordings.values());
    }

    /** Why a trace is read otherwise than its witness counted, by trace; with or without its machine declared. */
    public static ImmutableMap<String, String> exceptions(String mode) {
        return rows("exceptions.tsv").stream()
                .filter(row -> row.get(0).equals(mode))
                .collect(ImmutableMap.toImmutableMap(row -> row.get(1), row -> row.get(2)));
    }

    private static Map<String, Count> counts(String cell) {
        Map<String, Count> counts = new TreeMap<>();
        for (String item : SPACE.split(cell)) {
            List<String> parts = MARKS.splitToList(item);
            long errors = parts.size() > 2 ? Long.parseLong(parts.get(2)) : 0;
            counts.put(parts.get(0), new Count(Long.parseLong(parts.get(1)), errors));
        }
        return counts;
    }

    private static List<List<String>> rows(String file) {
        try {
            return Resources.toString(Resources.getResource(Corpus.class, "corpus/" + file), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .skip(1)
                    .map(TAB::splitToList)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path path(String trace) {
        try {
            return Path.of(
                    Resources.getResource(Corpus.class, "corpus/" + trace).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
