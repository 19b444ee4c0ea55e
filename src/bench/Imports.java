import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.api.Strait;
import io.github.strait.derive.ImportedCalls;
import io.github.strait.derive.Layer;
import io.github.strait.elf.ImportReader;
import io.github.strait.elf.ProgramImports;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Run;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Measures the layers of imports: how likely a run that is not among the evidence makes a call that the evidence, or the evidence
 * and the imports of the programs that it shows, do not have. Prints Markdown. The programs are read from this machine, which
 * must be the one that recorded.
 */
final class Imports {
    private static final Arch ABI = Arch.X86_64;
    private static final Path FOLDER = Path.of("src/bench/completeness.d");
    private static final String STATIC = "busybox";
    private static final int EVIDENCE = 8;
    private static final int SPLITS = 300;

    /** A column of the tables. */
    private enum Way {
        OBSERVED,
        IMPORTS,
        ALL,
        /** As {@link #ALL}, without what only programs call that the evidence does not run. */
        OF_PROGRAMS
    }

    /** What one division into evidence and other runs gives, by way. */
    private static final class Sum {
        private final double[] denied = new double[Way.values().length];
        private final double[] allowed = new double[Way.values().length];
        private int count;

        void add(Sum other) {
            for (Way way : Way.values()) {
                denied[way.ordinal()] += other.denied[way.ordinal()] / other.count;
                allowed[way.ordinal()] += other.allowed[way.ordinal()] / other.count;
            }
            count++;
        }

        String cells() {
            StringBuilder cells = new StringBuilder();
            for (Way way : Way.values()) {
                cells.append(String.format(" | %.2f", denied[way.ordinal()] / count));
                if (way != Way.OF_PROGRAMS) {
                    cells.append(String.format(", %.0f", allowed[way.ordinal()] / count));
                }
            }
            return cells + " |";
        }
    }

    private final ImportReader reader = new ImportReader(Path.of("/"));
    private final Map<String, Optional<ProgramImports>> imports = new TreeMap<>();

    public static void main(String[] words) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(FOLDER)) {
            files = all.filter(file -> file.toString().endsWith(".json.zst")).sorted().toList();
        }
        Imports measured = new Imports();
        System.out.println("| program (runs) | observed: P denied, calls | and imports | and imports-all | by programs of the evidence"
                + " | first 8 in order: observed | and imports | and imports-all | by programs of the evidence |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        Sum random = new Sum();
        Sum natural = new Sum();
        for (Path file : files) {
            measured.program(file, random, natural);
        }
        System.out.println("| **mean of the dynamic ones**" + random.cells() + natural.cells().substring(2));
    }

    private void program(Path file, Sum random, Sum natural) {
        Observation observation = Strait.read(file).observation();
        List<Run> runs = new ArrayList<>(observation.runs());
        String name = file.getFileName().toString().replace(".json.zst", "");
        Sum first = split(runs);
        Sum some = new Sum();
        Random order = new Random(1);
        for (int i = 0; i < SPLITS; i++) {
            Collections.shuffle(runs, order);
            some.add(split(runs));
        }
        System.out.println("| " + name + " (" + runs.size() + ")" + some.cells() + first.cells().substring(2));
        if (!name.equals(STATIC)) {
            random.add(some);
            natural.add(first);
        }
    }

    /** The first runs as evidence, the others against it. */
    private Sum split(List<Run> runs) {
        // with the layers that are on by default
        Set<String> observed = new TreeSet<>();
        Layer.all().forEach(layer -> observed.addAll(layer.on(ABI).keySet()));
        Set<ProgramImports> programs = new TreeSet<>();
        Set<String> paths = new TreeSet<>();
        for (Run run : runs.subList(0, EVIDENCE)) {
            paths.addAll(run.programs());
            observed.addAll(calls(run));
            for (String program : run.programs()) {
                imports.computeIfAbsent(program, reader::find).ifPresent(programs::add);
            }
        }
        Set<String> own = new TreeSet<>(observed);
        Set<String> all = new TreeSet<>(observed);
        ImportedCalls.of(ImmutableSortedSet.copyOf(programs), ABI).calls().forEach((call, importers) -> {
            if (ImportedCalls.heldBack(call).isEmpty()) {
                all.add(call);
                if (importers.get(0).isProgram()) {
                    own.add(call);
                }
            }
        });
        Sum sum = new Sum();
        sum.count = 1;
        List<Set<String>> allowed = List.of(observed, own, all, all);
        List<Run> others = runs.subList(EVIDENCE, runs.size());
        for (Way way : Way.values()) {
            long denied = others.stream()
                    .filter(run -> !allowed.get(way.ordinal())
                            .containsAll(way == Way.OF_PROGRAMS ? calls(run, paths) : calls(run)))
                    .count();
            sum.denied[way.ordinal()] = (double) denied / others.size();
            sum.allowed[way.ordinal()] = allowed.get(way.ordinal()).size();
        }
        return sum;
    }

    /** The calls that one of these programs makes. */
    private static Set<String> calls(Run run, Set<String> programs) {
        Set<String> calls = new TreeSet<>();
        for (String call : calls(run)) {
            if (!Collections.disjoint(
                    run.architectures().get(ABI).syscalls().get(call).programs(), programs)) {
                calls.add(call);
            }
        }
        return calls;
    }

    private static Set<String> calls(Run run) {
        return run.architectures().containsKey(ABI)
                ? run.architectures().get(ABI).syscalls().keySet()
                : Set.of();
    }
}
