package io.github.strait.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import com.google.common.collect.TreeMultiset;
import com.google.common.io.Resources;
import io.github.strait.syscall.Arch;
import io.github.strait.trace.Compression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every ordered pair of ABIs, derived and compared with what the same programs called. */
class AbiMapTest {
    private static final Path PAGE = Path.of("src/site/markdown/derived-measured.md");

    private static final String TITLES = """
            # Derived architectures, measured

            Written by `AbiMapTest` from recordings of 52 programs on up to nine ABIs: 25 of the corpus, from which the map was made, and 27
            of the validation, which it had not seen. Each row derives the calls of each program on the target from those on the
            source, adds the layers `essential` and `vdso`, and compares them with what the program called there.

            - *whole*: the programs of which no call is missed.
            - *recall*: how many of the calls are found, in per cent. A second run on the same machine finds 99.87 %.
            - *surplus*: calls for each program that its run there did not make.
            - *missed*: each call, and of how many programs.

            | programs | source | target | whole | recall | surplus | missed |
            |---|---|---|---:|---:|---:|---|
            """;

    /** The calls of one program, by ABI. */
    private record Program(String set, String name, Map<Arch, ImmutableSortedSet<String>> calls) {}

    private static List<Program> programs() throws IOException {
        byte[] packed = Resources.toByteArray(Resources.getResource(AbiMapTest.class, "observed.tsv.zst"));
        Map<String, Program> programs = new TreeMap<>();
        try (InputStream in = Compression.open(new ByteArrayInputStream(packed))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().skip(1).toList()) {
                List<String> cells = Splitter.on('\t').splitToList(line);
                programs.computeIfAbsent(
                                cells.get(0) + "\t" + cells.get(1),
                                key -> new Program(cells.get(0), cells.get(1), new TreeMap<>()))
                        .calls()
                        .put(
                                Arch.parse(cells.get(2)),
                                ImmutableSortedSet.copyOf(Splitter.on(' ').split(cells.get(3))));
            }
        }
        return List.copyOf(programs.values());
    }

    private static Set<String> layers(Arch arch) {
        return Layer.all().stream()
                .flatMap(layer -> layer.on(arch).keySet().stream())
                .collect(Collectors.toSet());
    }

    /** The result of a pair: recall and surplus, and each call that is missed. */
    private static String line(String pair, Arch from, Arch to, List<Program> programs) {
        int whole = 0;
        int needed = 0;
        int missed = 0;
        int surplus = 0;
        TreeMultiset<String> names = TreeMultiset.create();
        for (Program program : programs) {
            Set<String> need = Sets.difference(program.calls().get(to), layers(to));
            Set<String> derived = Sets.union(
                    DerivedCalls.of(from, to, program.calls().get(from)).calls().keySet(), layers(to));
            Set<String> missing = Sets.difference(need, derived);
            names.addAll(missing);
            needed += need.size();
            missed += missing.size();
            whole += missing.isEmpty() ? 1 : 0;
            surplus +=
                    Sets.difference(Sets.difference(derived, layers(to)), need).size();
        }
        return "| "
                + String.join(
                        " | ",
                        pair.replace("\t", " | "),
                        whole + "/" + programs.size(),
                        String.format(Locale.ROOT, "%.2f", 100.0 * (needed - missed) / needed),
                        String.format(Locale.ROOT, "%.1f", (double) surplus / programs.size()),
                        names.isEmpty()
                                ? "-"
                                : names.entrySet().stream()
                                        .map(each ->
                                                each.getElement() + (each.getCount() > 1 ? " ×" + each.getCount() : ""))
                                        .collect(Collectors.joining(", ")))
                + " |";
    }

    /** Every ordered pair of ABIs of a program. */
    private interface Pairs {
        void accept(Program program, Arch from, Arch to);
    }

    private static void forEachPair(Pairs each) throws IOException {
        for (Program program : programs()) {
            for (Arch from : program.calls().keySet()) {
                for (Arch to : program.calls().keySet()) {
                    if (from != to) {
                        each.accept(program, from, to);
                    }
                }
            }
        }
    }

    /** Recall and surplus of each pair, with every call that is missed: a change of the map is read as a difference. */
    @Test
    void everyPair() throws IOException {
        TreeMap<String, List<Program>> pairs = new TreeMap<>();
        forEachPair((program, from, to) -> pairs.computeIfAbsent(
                        String.join("\t", program.set(), from.label(), to.label()), key -> new ArrayList<>())
                .add(program));
        List<String> lines = new ArrayList<>();
        pairs.forEach((pair, programs) -> {
            List<String> words = Splitter.on('\t').splitToList(pair);
            lines.add(line(pair, Arch.parse(words.get(1)), Arch.parse(words.get(2)), programs));
        });
        String table = TITLES + String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("strait.regenerate")) {
            Files.writeString(PAGE, table);
        }
        assertEquals(Files.readString(PAGE), table);
    }

    /** Of the rows that are marked as measured, only those of a just-in-time compiler: node is not among the programs. */
    @Test
    void aRowThatNothingNeedsIsKnown() throws IOException {
        Set<AbiMapRow> needed = new HashSet<>();
        forEachPair((program, from, to) -> {
            Set<String> need = program.calls().get(to);
            Set<String> names = new TreeSet<>(program.calls().get(from));
            names.add("");
            for (String name : names) {
                for (AbiMapRow row : AbiMapRow.of(name)) {
                    for (String call : row.calls(from, to)) {
                        if (need.contains(call)) {
                            needed.add(row);
                        }
                    }
                }
            }
        });
        assertEquals(
                List.of("[cacheflush]", "[riscv_flush_icache]"),
                AbiMapRow.all().stream()
                        .filter(row -> row.proof() == AbiMapRow.Proof.MEASURED && !needed.contains(row))
                        .map(row -> row.calls().toString())
                        .toList());
    }
}
