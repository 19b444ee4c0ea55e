package io.github.strait.report;

import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.github.strait.derive.Derivation;
import io.github.strait.derive.Reason;
import io.github.strait.profile.Difference;
import io.github.strait.profile.Difference.Change;
import io.github.strait.profile.Difference.DenialChange;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the calls that a committed profile allows differ from those that the evidence asks for now.
 *
 * @param architectures those of either profile
 * @param added the architectures that only the evidence has
 * @param removed the architectures that only the committed profile has
 * @param gained the calls that would be allowed now and are not in the committed profile, and the first reason on each
 *     architecture; none where another architecture of the document needs the call
 * @param lost the calls that the committed profile allows and nothing asks for, and where
 */
public record Drift(
        ImmutableSortedSet<Arch> architectures,
        ImmutableSortedSet<Arch> added,
        ImmutableSortedSet<Arch> removed,
        ImmutableSortedMap<String, ImmutableSortedMap<Arch, Optional<Reason>>> gained,
        ImmutableSortedMap<String, ImmutableSortedSet<Arch>> lost) {
    /**
     * The difference of two documents.
     *
     * @param committed the calls that the committed profile allows on each ABI
     * @param derived those that the derived one allows
     */
    public static Drift of(
            ImmutableSetMultimap<Arch, String> committed,
            ImmutableSetMultimap<Arch, String> derived,
            Derivation derivation) {
        TreeMap<String, ImmutableSortedMap<Arch, Optional<Reason>>> gained = new TreeMap<>();
        more(derived, committed).forEach((name, on) -> gained.put(name, reasons(name, on, derivation)));
        return new Drift(
                sorted(Sets.union(committed.keySet(), derived.keySet())),
                sorted(Sets.difference(derived.keySet(), committed.keySet())),
                sorted(Sets.difference(committed.keySet(), derived.keySet())),
                ImmutableSortedMap.copyOf(gained),
                more(committed, derived));
    }

    private static ImmutableSortedSet<Arch> sorted(Iterable<Arch> arches) {
        return ImmutableSortedSet.copyOf(arches);
    }

    /** The calls that only one side allows, and where. */
    private static ImmutableSortedMap<String, ImmutableSortedSet<Arch>> more(
            ImmutableSetMultimap<Arch, String> has, ImmutableSetMultimap<Arch, String> lacks) {
        TreeMap<String, ImmutableSortedSet<Arch>> more = new TreeMap<>();
        has.inverse().asMap().forEach((name, arches) -> {
            ImmutableSortedSet<Arch> on = arches.stream()
                    .filter(arch -> !lacks.containsEntry(arch, name))
                    .collect(ImmutableSortedSet.toImmutableSortedSet(Arch::compareTo));
            if (!on.isEmpty()) {
                more.put(name, on);
            }
        });
        return ImmutableSortedMap.copyOf(more);
    }

    private static ImmutableSortedMap<Arch, Optional<Reason>> reasons(
            String name, ImmutableSortedSet<Arch> on, Derivation derivation) {
        TreeMap<Arch, Optional<Reason>> reasons = new TreeMap<>();
        for (Arch arch : on) {
            List<Reason> why = derivation.rationale(arch).reasons().get(name);
            reasons.put(arch, why == null ? Optional.empty() : Optional.of(why.get(0)));
        }
        return ImmutableSortedMap.copyOf(reasons);
    }

    /** Whether the two allow the same calls on the same architectures, with all arguments or with some. */
    public boolean isEmpty() {
        return gained.isEmpty() && lost.isEmpty();
    }

    /** Whether the calls that rules allow are all that is otherwise in what the documents mean. */
    public boolean accountsFor(Difference difference) {
        return difference.flagsGained().isEmpty()
                && difference.flagsLost().isEmpty()
                && difference.arches().entrySet().stream()
                        .allMatch(entry -> accountsFor(entry.getKey(), entry.getValue()));
    }

    private boolean accountsFor(Arch arch, Difference.OfArch of) {
        return of.defaults().isEmpty()
                && of.gained().stream().map(Change::syscall).allMatch(name -> isGained(name, arch))
                && of.lost().stream().map(Change::syscall).allMatch(name -> isLost(name, arch))
                && of.denials().stream()
                        .map(DenialChange::syscall)
                        .allMatch(name -> isGained(name, arch) || isLost(name, arch));
    }

    private boolean isGained(String name, Arch arch) {
        return gained.getOrDefault(name, ImmutableSortedMap.of()).containsKey(arch);
    }

    private boolean isLost(String name, Arch arch) {
        return lost.getOrDefault(name, ImmutableSortedSet.of()).contains(arch);
    }
}
