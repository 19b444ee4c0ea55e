package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Sets;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Proof;
import io.github.strait.observation.RunMark;
import io.github.strait.syscall.Arch;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Why two evidences may differ in more than the release that was recorded. */
final class Comparability {
    /** So many times fewer runs show fewer calls. */
    private static final int FEWER_RUNS = 3;

    /** So many times fewer calls are another workload. */
    private static final int FEWER_CALLS = 5;

    private final Observation first;
    private final Observation second;
    private final ImmutableList.Builder<String> cautions = ImmutableList.builder();

    private Comparability(Observation first, Observation second) {
        this.first = first;
        this.second = second;
    }

    /** The reasons, for people; none where nothing speaks against it. */
    static ImmutableList<String> of(Observation first, Observation second) {
        Comparability pair = new Comparability(first, second);
        pair.architectures();
        pair.sizes();
        pair.either(
                "has runs that left out calls on purpose",
                seen -> EvidenceCounts.of(seen).partial() > 0);
        pair.either(
                "has runs that are incomplete", seen -> EvidenceCounts.of(seen).incomplete() > 0);
        pair.either(
                "was read for chosen programs only",
                seen -> seen.runs().stream().anyMatch(run -> run.marks().contains(RunMark.PROGRAM_ONLY)));
        pair.either(
                "does not prove its ABI",
                seen -> seen.architectures().values().stream().anyMatch(calls -> calls.proof() == Proof.ASSUMED));
        return pair.cautions.build();
    }

    private void architectures() {
        Set<Arch> before = shown(first);
        Set<Arch> after = shown(second);
        if (Sets.intersection(before, after).isEmpty()) {
            cautions.add("they have no ABI in common (" + labels(before) + " and " + labels(after)
                    + "), and every call differs; record both on machines of one kind");
        } else if (!before.equals(after)) {
            cautions.add("one alone shows " + labels(Sets.symmetricDifference(before, after)));
        }
    }

    private static Set<Arch> shown(Observation seen) {
        return seen.architectures().entrySet().stream()
                .filter(entry -> !entry.getValue().syscalls().isEmpty())
                .map(entry -> entry.getKey())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String labels(Set<Arch> arches) {
        return arches.isEmpty()
                ? "none"
                : arches.stream().map(Arch::label).sorted().collect(Collectors.joining(", "));
    }

    private void sizes() {
        int before = EvidenceCounts.of(first).wholeRuns();
        int after = EvidenceCounts.of(second).wholeRuns();
        if (before >= FEWER_RUNS * after || after >= FEWER_RUNS * before) {
            cautions.add("the first has " + before + (before == 1 ? " run" : " runs") + " and the second " + after
                    + ": fewer runs show fewer calls; record as many of each");
            return;
        }
        long calls = calls(first);
        long later = calls(second);
        if (calls >= FEWER_CALLS * later || later >= FEWER_CALLS * calls) {
            cautions.add("the first has " + calls + " calls and the second " + later + ": did both do the same work?");
        }
    }

    private static long calls(Observation seen) {
        return seen.architectures().values().stream()
                .map(ArchObservation::syscalls)
                .flatMap(calls -> calls.values().stream())
                .mapToLong(call -> call.count())
                .sum();
    }

    /** What holds of one of them, or of both, in different ways. */
    private void either(String what, Predicate<Observation> holds) {
        boolean before = holds.test(first);
        boolean after = holds.test(second);
        if (before != after) {
            cautions.add("the " + (before ? "first" : "second") + " alone " + what);
        } else if (before && !what.startsWith("was read")) {
            cautions.add("each " + what);
        }
    }
}
