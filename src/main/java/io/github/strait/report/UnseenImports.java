package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.derive.ImportedCalls;
import io.github.strait.derive.ImportedCalls.Importer;
import io.github.strait.derive.Layer;
import io.github.strait.elf.LibcFunction;
import io.github.strait.elf.ProgramImports;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.Observation;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Risk;
import io.github.strait.syscall.RiskClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the programs import and no run shows: what to record next.
 *
 * @param programs the names of those that import anything
 * @param inapplicable the names of those without dynamic imports, or with those of Go
 * @param hidden the imported functions that lead to calls which nothing here shows
 * @param architectures the calls that no run shows, of architectures that have any
 */
public record UnseenImports(
        ImmutableSortedSet<String> programs,
        ImmutableSortedSet<String> inapplicable,
        ImmutableSortedSet<String> hidden,
        ImmutableSortedMap<Arch, ImmutableList<Purpose>> architectures) {
    /** Calls for one purpose, the riskiest first. */
    public record Purpose(String name, ImmutableList<Call> calls) {
        private int worst() {
            return calls.get(0).rank();
        }
    }

    /**
     * A call that no run shows.
     *
     * @param importers why it may be made, never empty
     * @param heldBack why the layers of imports do not have it; empty when they do
     */
    public record Call(
            String name, Optional<RiskClass> risk, ImmutableList<Importer> importers, Optional<String> heldBack) {
        private int rank() {
            return risk.map(RiskClass::ordinal).orElse(RiskClass.values().length);
        }
    }

    private static final Comparator<Call> RISKIEST =
            Comparator.comparingInt(Call::rank).thenComparing(Call::name);

    /** Compares what the programs import with what the runs show. */
    public static UnseenImports of(Observation observation) {
        TreeSet<String> programs = new TreeSet<>();
        TreeSet<String> inapplicable = new TreeSet<>();
        TreeSet<String> hidden = new TreeSet<>();
        for (ProgramImports program : observation.imports()) {
            (program.kind() == ProgramImports.Kind.DYNAMIC ? programs : inapplicable).add(program.name());
            for (LibcFunction function : LibcFunction.all()) {
                if (function.isHidden() && program.imports(function.name())) {
                    hidden.add(function.name());
                }
            }
        }
        TreeMap<Arch, ImmutableList<Purpose>> architectures = new TreeMap<>();
        if (!observation.imports().isEmpty()) {
            observation.architectures().forEach((arch, seen) -> {
                ImmutableList<Purpose> unseen = unseen(observation, arch, seen);
                if (!unseen.isEmpty()) {
                    architectures.put(arch, unseen);
                }
            });
        }
        return new UnseenImports(
                ImmutableSortedSet.copyOf(programs),
                ImmutableSortedSet.copyOf(inapplicable),
                ImmutableSortedSet.copyOf(hidden),
                ImmutableSortedMap.copyOf(architectures));
    }

    private static ImmutableList<Purpose> unseen(Observation observation, Arch arch, ArchObservation seen) {
        Set<String> known = new TreeSet<>(seen.syscalls().keySet());
        // what every profile allows says nothing about the runs
        Layer.all().forEach(layer -> known.addAll(layer.reasons().keySet()));
        TreeMap<String, List<Call>> purposes = new TreeMap<>();
        for (Map.Entry<String, ImmutableList<Importer>> each :
                ImportedCalls.of(observation.imports(), arch).calls().entrySet()) {
            String name = each.getKey();
            if (!known.contains(name)) {
                Call call = new Call(
                        name, Risk.of(name).map(Risk::riskClass), each.getValue(), ImportedCalls.heldBack(name));
                purposes.computeIfAbsent(CallPurpose.of(name), key -> new ArrayList<>())
                        .add(call);
            }
        }
        List<Purpose> sorted = new ArrayList<>();
        purposes.forEach((name, calls) -> sorted.add(new Purpose(name, ImmutableList.sortedCopyOf(RISKIEST, calls))));
        sorted.sort(
                Comparator.comparingInt(Purpose::worst).thenComparingInt(purpose -> CallPurpose.place(purpose.name())));
        return ImmutableList.copyOf(sorted);
    }

    /** A call, if it is one that no run shows. */
    Optional<Call> find(String name, Arch arch) {
        return architectures.getOrDefault(arch, ImmutableList.of()).stream()
                .flatMap(purpose -> purpose.calls().stream())
                .filter(call -> call.name().equals(name))
                .findFirst();
    }

    /** Whether nothing is known of any program. */
    public boolean isEmpty() {
        return programs.isEmpty() && inapplicable.isEmpty();
    }
}
