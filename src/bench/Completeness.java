import io.github.strait.api.Strait;
import io.github.strait.observation.Interval;
import io.github.strait.observation.NewCallRate;
import io.github.strait.observation.NewCallRates;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Run;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.function.ToDoubleFunction;

/**
 * Measures how well the runs of a program say how often one more run shows a new call: some runs are the evidence, the
 * others show how often one of them has a call that the evidence lacks. Prints the tables of {@code completeness.md}.
 */
final class Completeness {
    private static final Path FOLDER = Path.of("src/bench/completeness.d");
    private static final List<Integer> SIZES = List.of(4, 8, 12, 16, 24);

    /** A truth that fewer runs show says little. */
    private static final int HELD_OUT = 12;

    private static final int SPLITS = 300;

    /** The runs of one program, in the order in which they were recorded: common tasks first. */
    private record Traced(String name, List<Run> runs) {}

    /**
     * What some runs say, and what the others show.
     *
     * @param truth how many of the others show a call that these do not
     * @param unseen how many such calls they show
     * @param chao2 how many calls are unseen by Chao's estimate of incidences, without bias
     */
    private record Trial(NewCallRate said, double truth, double unseen, double chao2) {
        static Trial of(List<Run> runs, int size) {
            List<Run> evidence = runs.subList(0, size);
            List<Run> others = runs.subList(size, runs.size());
            Map<String, Integer> known = new HashMap<>();
            evidence.forEach(run -> calls(run).forEach(call -> known.merge(call, 1, Integer::sum)));
            long showing = others.stream()
                    .filter(run -> !known.keySet().containsAll(calls(run)))
                    .count();
            Set<String> unseen = new HashSet<>();
            others.forEach(run -> unseen.addAll(calls(run)));
            unseen.removeAll(known.keySet());
            double once = Collections.frequency(known.values(), 1);
            double twice = Collections.frequency(known.values(), 2);
            return new Trial(
                    NewCallRates.of(Observation.of(evidence)).all(),
                    (double) showing / others.size(),
                    unseen.size(),
                    (size - 1.0) / size * once * (once - 1) / (2 * (twice + 1)));
        }

        double rate() {
            return said.estimate().orElseThrow().rate();
        }

        double error() {
            return rate() - truth;
        }

        boolean covers(double probability) {
            Interval interval = said.estimate().orElseThrow().interval();
            return interval.low() <= probability && probability <= interval.high();
        }

        /** Whether the truth is no higher than the interval: the profile is at most as incomplete as was said. */
        boolean isBounded() {
            return truth <= said.estimate().orElseThrow().interval().high();
        }
    }

    private Completeness() {}

    public static void main(String[] words) throws IOException {
        List<Traced> programs = programs();
        programs(programs);
        List<List<List<Trial>>> random = table("random splits", programs, Completeness::random);
        meanCovered(random);
        row("calls unseen", random, Trial::unseen, "%.1f");
        row("Chao2", random, Trial::chao2, "%.1f");
        row("Chao2, MAE", random, trial -> Math.abs(trial.chao2() - trial.unseen()), "%.1f");
        System.out.println();
        table("natural order", programs, Completeness::natural);
        System.out.println();
        chosen("no run shows a call alone", programs, rate -> rate == 0);
        chosen("rate at most 0.2", programs, rate -> rate <= 0.2);
        chosen("rate above 0.2", programs, rate -> rate > 0.2);
    }

    private static List<Traced> programs() throws IOException {
        List<Path> files = new ArrayList<>();
        try (var found = Files.newDirectoryStream(FOLDER, "*.json.zst")) {
            found.forEach(files::add);
        }
        Collections.sort(files);
        List<Traced> programs = new ArrayList<>();
        for (Path file : files) {
            String name = file.getFileName().toString().replace(".json.zst", "");
            programs.add(new Traced(name, Strait.read(file).observation().runs()));
        }
        return programs;
    }

    private static Set<String> calls(Run run) {
        Set<String> calls = new HashSet<>();
        for (Arch arch : run.architectures().keySet()) {
            run.architectures().get(arch).syscalls().keySet().forEach(name -> calls.add(arch + " " + name));
        }
        return calls;
    }

    /** Splits at random; the same at each start, and for each program whatever the others are. */
    private static List<Trial> random(Traced program, int size) {
        Random random = new Random(program.name().hashCode() * 31L + size);
        List<Run> runs = new ArrayList<>(program.runs());
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < SPLITS; i++) {
            Collections.shuffle(runs, random);
            trials.add(Trial.of(runs, size));
        }
        return trials;
    }

    /** The first runs are the evidence: the later ones are of another kind. */
    private static List<Trial> natural(Traced program, int size) {
        return List.of(Trial.of(program.runs(), size));
    }

    private interface Ways {
        List<Trial> of(Traced program, int size);
    }

    private static void programs(List<Traced> programs) {
        System.out.println("| program | runs | calls | rate over all runs |\n|---|---:|---:|---:|");
        for (Traced program : programs) {
            Set<String> calls = new HashSet<>();
            program.runs().forEach(run -> calls.addAll(calls(run)));
            NewCallRate rate = NewCallRates.of(Observation.of(program.runs())).all();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %d | %.2f |%n",
                    program.name(),
                    program.runs().size(),
                    calls.size(),
                    rate.estimate().orElseThrow().rate());
        }
        System.out.println();
    }

    /** Prints a column for each number of runs; a figure is the mean over the programs of the mean over their splits. */
    private static List<List<List<Trial>>> table(String title, List<Traced> programs, Ways ways) {
        List<List<List<Trial>>> columns = new ArrayList<>();
        StringBuilder head = new StringBuilder("| " + title + " |");
        StringBuilder count = new StringBuilder("| programs |");
        for (int size : SIZES) {
            List<List<Trial>> column = programs.stream()
                    .filter(program -> program.runs().size() >= size + HELD_OUT)
                    .map(program -> ways.of(program, size))
                    .toList();
            columns.add(column);
            head.append(" k = ").append(size).append(" |");
            count.append(' ').append(column.size()).append(" |");
        }
        System.out.println(head + "\n|---|" + "---:|".repeat(SIZES.size()) + "\n" + count);
        row("truth", columns, Trial::truth, "%.2f");
        row("rate", columns, Trial::rate, "%.2f");
        row("bias", columns, Trial::error, "%+.2f");
        row("MAE", columns, trial -> Math.abs(trial.error()), "%.2f");
        row("covered, %", columns, trial -> trial.covers(trial.truth()) ? 100 : 0, "%.0f");
        row("at most the upper end, %", columns, trial -> trial.isBounded() ? 100 : 0, "%.0f");
        return columns;
    }

    /** Prints how often the interval has the mean of a program's truths inside, which is less uncertain than each of them. */
    private static void meanCovered(List<List<List<Trial>>> columns) {
        StringBuilder line = new StringBuilder("| mean truth covered, % |");
        for (List<List<Trial>> column : columns) {
            double covered = column.stream()
                    .mapToDouble(trials -> {
                        double mean = trials.stream().mapToDouble(Trial::truth).average().orElseThrow();
                        return trials.stream().mapToInt(trial -> trial.covers(mean) ? 100 : 0).average().orElseThrow();
                    })
                    .average()
                    .orElseThrow();
            line.append(String.format(Locale.ROOT, " %.0f |", covered));
        }
        System.out.println(line);
    }

    private static void row(
            String title, List<List<List<Trial>>> columns, ToDoubleFunction<Trial> figure, String format) {
        StringBuilder line = new StringBuilder("| " + title + " |");
        for (List<List<Trial>> column : columns) {
            double mean = column.stream()
                    .mapToDouble(trials ->
                            trials.stream().mapToDouble(figure).average().orElseThrow())
                    .average()
                    .orElseThrow();
            line.append(String.format(Locale.ROOT, " " + format + " |", mean));
        }
        System.out.println(line);
    }

    /** Prints what follows random evidence of such rates. */
    private static void chosen(String title, List<Traced> programs, DoublePredicate rates) {
        StringBuilder head = new StringBuilder("| " + title + " |");
        StringBuilder count = new StringBuilder("| splits |");
        StringBuilder truth = new StringBuilder("| truth |");
        for (int size : SIZES) {
            List<Trial> trials = programs.stream()
                    .filter(program -> program.runs().size() >= size + HELD_OUT)
                    .flatMap(program -> random(program, size).stream())
                    .filter(trial -> rates.test(trial.rate()))
                    .toList();
            head.append(" k = ").append(size).append(" |");
            count.append(' ').append(trials.size()).append(" |");
            truth.append(String.format(
                    Locale.ROOT,
                    " %.2f |",
                    trials.stream().mapToDouble(Trial::truth).average().orElse(Double.NaN)));
        }
        System.out.println(head + "\n|---|" + "---:|".repeat(SIZES.size()) + "\n" + count + "\n" + truth + "\n");
    }
}
