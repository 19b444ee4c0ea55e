package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.TreeMultiset;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * How the runs found the calls that the evidence shows. It says nothing of runs that were not recorded.
 *
 * @param runs what each showed, partial runs aside
 * @param steps how many calls so many runs show, on average over all ways to choose them; the order in which they were
 *     recorded does not matter
 */
public record DiscoveryCurve(ImmutableList<OfRun> runs, ImmutableList<Step> steps) {
    /** More steps would not be told apart. */
    private static final int STEPS = 40;

    /**
     * What a run showed.
     *
     * @param calls how many different calls
     * @param alone the calls that no other run showed, with the architecture where the evidence has several
     */
    public record OfRun(String source, int calls, ImmutableSortedSet<String> alone) {}

    /** How many different calls so many runs show, on average. */
    public record Step(int runs, double calls) {
        /** The number of calls with a digit after the point. */
        String inTenths() {
            return String.format(Locale.ROOT, "%.1f", calls);
        }
    }

    static DiscoveryCurve of(Observation observation) {
        boolean isOfSeveral = observation.architectures().size() > 1;
        List<Run> whole =
                observation.runs().stream().filter(run -> !run.isPartial()).toList();
        TreeMultiset<String> seen = TreeMultiset.create();
        List<TreeSet<String>> calls = new ArrayList<>();
        for (Run run : whole) {
            TreeSet<String> names = names(run, isOfSeveral);
            calls.add(names);
            seen.addAll(names);
        }
        ImmutableList.Builder<OfRun> runs = ImmutableList.builder();
        for (int i = 0; i < whole.size(); i++) {
            ImmutableSortedSet<String> alone = calls.get(i).stream()
                    .filter(name -> seen.count(name) == 1)
                    .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
            runs.add(new OfRun(whole.get(i).source(), calls.get(i).size(), alone));
        }
        return new DiscoveryCurve(runs.build(), steps(whole.size(), seen));
    }

    private static TreeSet<String> names(Run run, boolean isOfSeveral) {
        TreeSet<String> names = new TreeSet<>();
        run.architectures()
                .forEach((arch, of) -> of.syscalls()
                        .keySet()
                        .forEach(name -> names.add(isOfSeveral ? name + " on " + arch.label() : name)));
        return names;
    }

    private static ImmutableList<Step> steps(int runs, TreeMultiset<String> seen) {
        ImmutableList.Builder<Step> steps = ImmutableList.builder();
        int count = Math.min(runs, STEPS);
        for (int i = 1; i <= count; i++) {
            int chosen = Math.toIntExact(Math.round((double) i * runs / count));
            double calls = 0;
            for (String name : seen.elementSet()) {
                calls += 1 - missed(runs, seen.count(name), chosen);
            }
            steps.add(new Step(chosen, calls));
        }
        return steps.build();
    }

    /** The share of the ways to choose runs that leaves out all that have a call. */
    private static double missed(int runs, int having, int chosen) {
        double share = 1;
        for (int i = 0; i < chosen && share > 0; i++) {
            share *= Math.max(0, (double) (runs - having - i) / (runs - i));
        }
        return share;
    }
}
