package io.github.strait.verify;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.Observation;
import io.github.strait.syscall.Arch;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A profile replayed against evidence.
 *
 * @param verdicts what the filter does with each observed call, by place
 * @param slack what the filter allows and the evidence does not show, by observed ABI
 */
public record Verification(
        ImmutableList<Verdict> verdicts, ImmutableSortedMap<Arch, ImmutableSortedSet<String>> slack) {
    private static final Comparator<Verdict> ORDER = Comparator.comparing(Verdict::first)
            .thenComparing(Verdict::arch)
            .thenComparing(Verdict::name)
            .thenComparing(Verdict::arguments)
            .thenComparing(verdict -> verdict.answers().toString());

    /**
     * Replays every observed call.
     *
     * @param filters for each observed ABI the filter of its machine
     */
    public static Verification of(ObservedCalls observed, Map<Arch, Filter> filters) {
        return of(new Replay(observed, filters), observed, filters);
    }

    /** Replays calls that were made under these very filters: their results decide what the arguments leave open. */
    public static Verification underFilter(ObservedCalls observed, Map<Arch, Filter> filters) {
        return of(new Replay(observed, filters, true), observed, filters);
    }

    private static Verification of(Replay replay, ObservedCalls observed, Map<Arch, Filter> filters) {
        ImmutableList<Verdict> verdicts =
                replay.verdicts().stream().sorted(ORDER).collect(ImmutableList.toImmutableList());
        return new Verification(verdicts, slack(observed.observation(), filters, verdicts));
    }

    /** The verdicts of one kind. */
    public ImmutableList<Verdict> verdicts(Verdict.Kind kind) {
        return verdicts.stream().filter(verdict -> verdict.kind() == kind).collect(ImmutableList.toImmutableList());
    }

    /** How many calls were replayed. */
    public long calls() {
        return verdicts.stream().mapToLong(Verdict::count).sum();
    }

    private static ImmutableSortedMap<Arch, ImmutableSortedSet<String>> slack(
            Observation observation, Map<Arch, Filter> filters, List<Verdict> verdicts) {
        TreeMap<Arch, ImmutableSortedSet<String>> slack = new TreeMap<>();
        for (Map.Entry<Arch, ArchObservation> seen : observation.architectures().entrySet()) {
            Arch arch = seen.getKey();
            Set<String> names = Sets.newHashSet(seen.getValue().syscalls().keySet());
            seen.getValue().syscalls().values().forEach(call -> names.addAll(call.alternatives()));
            verdicts.forEach(verdict -> names.add(verdict.arch() == arch ? verdict.standIn() : ""));
            List<String> more = Replay.filter(filters, arch).allowed(arch).stream()
                    .filter(name -> !names.contains(name))
                    .toList();
            slack.put(arch, ImmutableSortedSet.copyOf(more));
        }
        return ImmutableSortedMap.copyOf(slack);
    }
}
