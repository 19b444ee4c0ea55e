package io.github.strait.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import com.google.common.collect.TreeMultimap;
import com.google.common.collect.TreeMultiset;
import com.google.common.io.Resources;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Risk;
import io.github.strait.syscall.RiskClass;
import io.github.strait.syscall.SyscallTable;
import io.github.strait.syscall.Syscalls;
import io.github.strait.syscall.TableResource;
import io.github.strait.trace.Compression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What programs call with one libc and with another, and what the layer of siblings makes of it. */
class ReleaseMapTest {
    private static final Path PAGE = Path.of("src/site/markdown/siblings-measured.md");
    private static final String AGAIN = "glibc-2.36 again";

    private static final String TITLES = """
            # Another release or libc, measured

            Written by `ReleaseMapTest` from recordings that `src/main/tools/releases/record` makes: programs of Debian 12 (glibc 2.36) and
            Debian 13 (glibc 2.41) under the same commands, natively for x86_64 and x86 (`releases`), and programs that were built from the
            same sources with glibc 2.36 and with musl 1.2.3 (`libcs`). Alpine could not be had. Each row takes the calls of each program
            with one libc as evidence, adds the layers `essential` and `vdso`, and compares with what the program called with the other.
            The row `again` is a second run of the same programs in the same root: what chance alone changes.

            - *alone*: without `--layer siblings`. *before*: with the table of siblings that this map replaced. *map*: with `--layer
              siblings`, which has the rows for all other libcs at once. *libc*: with `--layer siblings --libc` of the libc there, which has
              the rows for that one alone, and none where the evidence is of the same; what it finds less, rows for other libcs gave by chance. Each
              is recall, how many of the calls are found, in per cent, and surplus, calls for each program that its run there did not make.
            - *one out*: the recall of the map without the rows that only the judged program needed.
            - *whole*: the programs of which no call is missed, alone and with the map.
            - *missed*: each call that the map misses, and of how many programs.

            | programs | ABI | from | to | alone | before | map | libc | one out | whole | missed |
            |---|---|---|---|---:|---:|---:|---:|---:|---:|---|
            """;

    /** The calls of one program on one ABI, by libc. */
    private record Program(String set, String name, Arch abi, Map<String, ImmutableSortedSet<String>> calls) {
        Set<String> need(String to) {
            return Sets.difference(of(to), layers(abi));
        }

        ImmutableSortedSet<String> of(String libc) {
            return calls.getOrDefault(libc, ImmutableSortedSet.of());
        }
    }

    /** A program with one libc, and with another. */
    private interface Ways {
        void accept(Program program, String from, String to);
    }

    private static List<Program> programs() throws IOException {
        byte[] packed = Resources.toByteArray(Resources.getResource(ReleaseMapTest.class, "releases.tsv.zst"));
        Map<String, Program> programs = new TreeMap<>();
        try (InputStream in = Compression.open(new ByteArrayInputStream(packed))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                List<String> cells = Splitter.on('\t').splitToList(line);
                Arch abi = Arch.parse(cells.get(2));
                programs.computeIfAbsent(
                                String.join("\t", cells.subList(0, 3)),
                                key -> new Program(cells.get(0), cells.get(1), abi, new TreeMap<>()))
                        .calls()
                        .put(
                                cells.get(3),
                                ImmutableSortedSet.copyOf(Splitter.on(' ').split(cells.get(4))));
            }
        }
        return List.copyOf(programs.values());
    }

    private static void forEachWay(Ways each) throws IOException {
        for (Program program : programs()) {
            for (String from : program.calls().keySet()) {
                for (String to : program.calls().keySet()) {
                    if (!from.equals(to) && !from.equals(AGAIN) && (!to.equals(AGAIN) || AGAIN.startsWith(from))) {
                        each.accept(program, from, to);
                    }
                }
            }
        }
    }

    private static Set<String> layers(Arch arch) {
        return Layer.all().stream()
                .flatMap(layer -> layer.on(arch).keySet().stream())
                .collect(Collectors.toSet());
    }

    /** Which libcs a program with these calls may have. */
    private static ImmutableSet<MappedLibc> libcs(Arch abi, Set<String> observed) {
        return ObservedLibc.mapped(Observations.of(abi, observed.toArray(String[]::new)), abi);
    }

    /** A libc of the recordings, as {@code --libc} has it. */
    private static Release release(String libc) {
        return Release.parse(libc.replace(AGAIN, "glibc-2.36"));
    }

    /** What the rows add that the predicate lets through. */
    private static Set<String> added(Arch abi, Set<String> observed, Predicate<ReleaseMapRow> isIn) {
        ImmutableSet<MappedLibc> evidence = libcs(abi, observed);
        Set<String> calls = new TreeSet<>();
        for (ReleaseMapRow row : ReleaseMapRow.all()) {
            boolean isSeen = row.source().isEmpty() || observed.contains(row.source());
            if (isSeen && row.counts(evidence, MappedLibc.ALL) && isIn.test(row)) {
                calls.addAll(row.calls());
            }
        }
        calls.removeIf(call -> observed.contains(call) || !SyscallTable.of(abi).contains(call));
        return calls;
    }

    private static Set<String> before(Arch abi, Set<String> observed) {
        Set<String> calls = new TreeSet<>();
        for (List<String> row :
                TableResource.read(ReleaseMapTest.class, "siblings-before.tsv").rows()) {
            if (observed.contains(row.get(0)) && SyscallTable.of(abi).contains(row.get(1))) {
                calls.add(row.get(1));
            }
        }
        return calls;
    }

    /** The programs that needed a row: by its source and its target, and the call was not seen. */
    private static TreeMultimap<Integer, String> needers() throws IOException {
        List<ReleaseMapRow> rows = List.copyOf(ReleaseMapRow.all());
        TreeMultimap<Integer, String> needers = TreeMultimap.create();
        forEachWay((program, from, to) -> {
            Set<String> observed = program.of(from);
            Set<String> missed = Sets.difference(program.need(to), observed);
            for (int i = 0; i < rows.size(); i++) {
                ReleaseMapRow row = rows.get(i);
                boolean isSeen = row.source().isEmpty() || observed.contains(row.source());
                boolean isTo =
                        row.targets().stream().anyMatch(one -> one.label().equals(to));
                if (isSeen
                        && isTo
                        && row.counts(libcs(program.abi(), observed), MappedLibc.ALL)
                        && row.calls().stream().anyMatch(missed::contains)) {
                    needers.put(i, program.name());
                }
            }
        });
        return needers;
    }

    /** Recall and surplus over some programs. */
    private static final class Sum {
        private int needed;
        private int found;
        private int surplus;
        private int whole;
        private int programs;
        private final TreeMultiset<String> missed = TreeMultiset.create();

        void add(Set<String> need, Set<String> derived) {
            Set<String> missing = Sets.difference(need, derived);
            needed += need.size();
            found += need.size() - missing.size();
            surplus += Sets.difference(derived, need).size();
            whole += missing.isEmpty() ? 1 : 0;
            programs++;
            missed.addAll(missing);
        }

        String recall() {
            return String.format(Locale.ROOT, "%.2f", 100.0 * found / needed);
        }

        String surplus() {
            return String.format(Locale.ROOT, "%.1f", (double) surplus / programs);
        }

        String both() {
            return recall() + " +" + surplus();
        }

        String missed() {
            return missed.isEmpty()
                    ? "-"
                    : missed.entrySet().stream()
                            .map(each -> each.getElement() + (each.getCount() > 1 ? " ×" + each.getCount() : ""))
                            .collect(Collectors.joining(", "));
        }
    }

    private static String line(String way, List<Program> programs, Map<ReleaseMapRow, ImmutableSet<String>> needers) {
        List<String> words = Splitter.on('\t').splitToList(way);
        String from = words.get(2);
        String to = words.get(3);
        Sum alone = new Sum();
        Sum before = new Sum();
        Sum map = new Sum();
        Sum libc = new Sum();
        Sum oneOut = new Sum();
        for (Program program : programs) {
            Arch abi = program.abi();
            Set<String> observed = program.of(from);
            Set<String> need = program.need(to);
            Set<String> seen = Sets.difference(observed, layers(abi));
            alone.add(need, seen);
            before.add(need, Sets.difference(Sets.union(seen, before(abi, observed)), layers(abi)));
            map.add(need, with(seen, abi, observed, row -> true));
            libc.add(
                    need,
                    with(seen, abi, observed, row -> !Collections.disjoint(row.targets(), MappedLibc.of(release(to)))));
            oneOut.add(
                    need,
                    with(
                            seen,
                            abi,
                            observed,
                            row -> !ImmutableSet.of(program.name()).equals(needers.get(row))));
        }
        return "| "
                + String.join(
                        " | ",
                        way.replace("\t", " | ").replace(AGAIN, "again"),
                        alone.both(),
                        before.both(),
                        map.both(),
                        libc.both(),
                        oneOut.recall(),
                        alone.whole + " → " + map.whole + " of " + map.programs,
                        map.missed())
                + " |";
    }

    private static Set<String> with(Set<String> seen, Arch abi, Set<String> observed, Predicate<ReleaseMapRow> isIn) {
        return Sets.difference(Sets.union(seen, added(abi, observed, isIn)), layers(abi));
    }

    /** Recall and surplus of each way, with every call that is missed: a change of the map is read as a difference. */
    @Test
    void everyWay() throws IOException {
        List<ReleaseMapRow> rows = List.copyOf(ReleaseMapRow.all());
        Map<ReleaseMapRow, ImmutableSet<String>> needers = new HashMap<>();
        needers().asMap().forEach((index, names) -> needers.put(rows.get(index), ImmutableSet.copyOf(names)));
        TreeMap<String, List<Program>> ways = new TreeMap<>();
        forEachWay((program, from, to) -> ways.computeIfAbsent(
                        String.join("\t", program.set(), program.abi().label(), from, to), key -> new ArrayList<>())
                .add(program));
        List<String> lines = new ArrayList<>();
        ways.forEach((way, programs) -> lines.add(line(way, programs, needers)));
        String table = TITLES + String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("strait.regenerate")) {
            Files.writeString(PAGE, table);
        }
        assertEquals(Files.readString(PAGE), table);
    }

    /** How many programs needed a row is in the table, and one that none needed is not measured. */
    @Test
    void aRowSaysHowManyProgramsNeededIt() throws IOException {
        List<ReleaseMapRow> rows = List.copyOf(ReleaseMapRow.all());
        TreeMultimap<Integer, String> needers = needers();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            int programs = needers.get(i).size();
            boolean isMeasured = rows.get(i).proof() == AbiMapRow.Proof.MEASURED;
            if (rows.get(i).programs() != programs || isMeasured != programs > 0) {
                wrong.add(rows.get(i).source() + " " + rows.get(i).calls()
                        + rows.get(i).from() + " " + programs);
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void theLayerIsWhatTheRowsGive() throws IOException {
        forEachWay((program, from, to) -> {
            ImmutableSet<MappedLibc> evidence = libcs(program.abi(), program.of(from));
            assertEquals(
                    added(program.abi(), program.of(from), row -> true),
                    new Siblings(evidence, Optional.empty())
                            .of(program.of(from))
                            .on(program.abi())
                            .keySet(),
                    program::toString);
            assertEquals(
                    added(
                            program.abi(),
                            program.of(from),
                            row -> !Collections.disjoint(row.targets(), MappedLibc.of(release(to)))),
                    new Siblings(evidence, Optional.of(release(to)))
                            .of(program.of(from))
                            .on(program.abi())
                            .keySet(),
                    program::toString);
        });
    }

    /** Which libc a program has is told from its calls alone. */
    @Test
    void theLibcOfEveryProgramIsKnown() throws IOException {
        forEachWay((program, from, to) -> {
            Set<String> labels = libcs(program.abi(), program.of(from)).stream()
                    .map(MappedLibc::label)
                    .collect(Collectors.toSet());
            boolean isToldWrong =
                    program.name().equals("diff") && from.equals("glibc-2.36"); // its patch calls fstat itself
            assertEquals(program.abi() == Arch.X86_64 && isToldWrong, !labels.contains(from), program::toString);
            assertEquals(program.abi() == Arch.X86_64, labels.size() == 1, program::toString);
        });
    }

    /** None of class high or critical, unless the source is of it; a call that is in the table of risks says its power. */
    @Test
    void noRowGivesPowerThatTheSourceLacks() {
        for (ReleaseMapRow row : ReleaseMapRow.all()) {
            assertTrue(row.source().isEmpty() || Syscalls.names().contains(row.source()), row::toString);
            for (String call : row.calls()) {
                assertTrue(Syscalls.names().contains(call), call);
                assertTrue(isHarmless(call) || !isHarmless(row.source()), row::toString);
                boolean isRisky = Risk.of(call)
                        .filter(risk -> risk.riskClass() != RiskClass.LOW)
                        .isPresent();
                assertTrue(
                        !isRisky
                                || row.source().isEmpty()
                                || Risk.of(row.source()).isPresent()
                                || !row.power().isEmpty(),
                        row::toString);
            }
        }
    }

    private static boolean isHarmless(String call) {
        RiskClass risk = Risk.of(call).map(Risk::riskClass).orElse(RiskClass.LOW);
        return risk != RiskClass.HIGH && risk != RiskClass.CRITICAL;
    }
}
