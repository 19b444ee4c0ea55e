package io.github.strait.observation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Printable;
import io.github.strait.elf.ProgramImports;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The sum of all evidence: a set of runs, and one of what programs import. {@link #merge} is the union of those sets, so
 * it is associative, commutative and idempotent, and loses nothing.
 */
public final class Observation {
    /** The observation of no evidence, neutral in {@link #merge}. */
    public static final Observation EMPTY = new Observation(ImmutableSortedMap.of(), ImmutableSortedSet.of());

    private final ImmutableSortedMap<String, Run> runsById;
    private final ImmutableSortedSet<ProgramImports> imports;
    /** Set when first asked for. */
    private volatile @Nullable ImmutableList<Run> sorted;

    private volatile @Nullable ImmutableSortedMap<Arch, ArchObservation> sum;

    private Observation(ImmutableSortedMap<String, Run> runsById, ImmutableSortedSet<ProgramImports> imports) {
        this.runsById = runsById;
        this.imports = imports;
    }

    /** The observation of these runs; of two readings of the same trace the better one is kept. */
    public static Observation of(Collection<Run> runs) {
        TreeMap<String, Run> byId = new TreeMap<>();
        for (Run run : runs) {
            byId.merge(run.id(), run, Run::better);
        }
        return new Observation(ImmutableSortedMap.copyOf(byId), ImmutableSortedSet.of());
    }

    /** A diagnostic when two readings of one trace cannot both be true. */
    public static Optional<Diagnostic> contradiction(Collection<Run> runs) {
        TreeMap<String, Run> byId = new TreeMap<>();
        for (Run run : runs) {
            Run other = byId.putIfAbsent(run.id(), run);
            Optional<Diagnostic> contradiction = other == null ? Optional.empty() : contradiction(other, run);
            if (contradiction.isPresent()) {
                return contradiction;
            }
        }
        return Optional.empty();
    }

    private static Optional<Diagnostic> contradiction(Run one, Run other) {
        if (one.contradicts(other)) {
            return Optional.of(Diagnostic.error(
                    "abi-contradiction",
                    null,
                    "the same trace is taken for " + one.labels() + " in " + Printable.of(one.source())
                            + " and for " + other.labels() + " in " + Printable.of(other.source())
                            + ", and it proves neither; summarize it once, with --arch NAME"));
        }
        return SameTrace.difference(one, other)
                .map(what -> Diagnostic.error(
                        "altered-evidence",
                        null,
                        "the trace " + sources(one, other) + " was read twice, and the readings differ in " + what
                                + ": an observation was edited, or another version of strait made it; make it again"
                                + " with: strait summarize TRACE"));
    }

    private static String sources(Run one, Run other) {
        String source = Printable.of(one.source());
        return other.source().equals(one.source()) ? source : source + ", also " + Printable.of(other.source()) + ",";
    }

    /** Only these calls, of the same runs. */
    public Observation keeping(BiPredicate<Arch, String> calls) {
        TreeMap<String, Run> kept = new TreeMap<>();
        runsById.forEach((id, run) -> kept.put(id, run.keeping(calls)));
        return new Observation(ImmutableSortedMap.copyOf(kept), imports);
    }

    /** Both together. */
    public Observation merge(Observation other) {
        TreeMap<String, Run> all = new TreeMap<>(runsById);
        other.runsById.forEach((id, run) -> all.merge(id, run, Run::better));
        return new Observation(
                ImmutableSortedMap.copyOf(all), ImmutableSortedSet.copyOf(Sets.union(imports, other.imports)));
    }

    /** The same runs, and what programs import beside what is known of that already. */
    public Observation withImports(Collection<ProgramImports> programs) {
        return new Observation(
                runsById,
                ImmutableSortedSet.<ProgramImports>naturalOrder()
                        .addAll(imports)
                        .addAll(programs)
                        .build());
    }

    /** What the programs import, those of no run among them. */
    public ImmutableSortedSet<ProgramImports> imports() {
        return imports;
    }

    /** The runs, by source. */
    public ImmutableList<Run> runs() {
        ImmutableList<Run> known = sorted;
        if (known == null) {
            known = ImmutableList.sortedCopyOf(Run.ORDER, runsById.values());
            sorted = known;
        }
        return known;
    }

    /** The lines of all runs. */
    public LineCounts lines() {
        return runsById.values().stream().map(Run::lines).reduce(LineCounts.NONE, LineCounts::plus);
    }

    /** The sum over all runs, by ABI. */
    public ImmutableSortedMap<Arch, ArchObservation> architectures() {
        ImmutableSortedMap<Arch, ArchObservation> known = sum;
        if (known == null) {
            known = sum();
            sum = known;
        }
        return known;
    }

    private ImmutableSortedMap<Arch, ArchObservation> sum() {
        TreeMap<Arch, List<ArchObservation>> all = new TreeMap<>();
        for (Run run : runsById.values()) {
            run.architectures()
                    .forEach((arch, seen) ->
                            all.computeIfAbsent(arch, key -> new ArrayList<>()).add(seen));
        }
        ImmutableSortedMap.Builder<Arch, ArchObservation> sums = ImmutableSortedMap.naturalOrder();
        all.forEach((arch, seen) -> sums.put(arch, ArchObservation.sum(seen)));
        return sums.build();
    }

    /** In how many runs each syscall of an ABI occurred. */
    Map<String, Integer> runsBySyscall(Arch arch) {
        return runsBySyscall(arch, runsById.values());
    }

    /** In how many runs each syscall of an ABI occurred, of those that are not {@link Run#isPartial partial}. */
    public Map<String, Integer> wholeRunsBySyscall(Arch arch) {
        List<Run> whole = new ArrayList<>();
        for (Run run : runsById.values()) {
            if (!run.isPartial()) {
                whole.add(run);
            }
        }
        return runsBySyscall(arch, whole);
    }

    private static Map<String, Integer> runsBySyscall(Arch arch, Collection<Run> all) {
        TreeMap<String, Integer> runs = new TreeMap<>();
        for (Run run : all) {
            ArchObservation seen = run.architectures().get(arch);
            ImmutableSet<String> names =
                    seen == null ? ImmutableSet.of() : seen.syscalls().keySet();
            names.forEach(name -> runs.merge(name, 1, Integer::sum));
        }
        return runs;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Observation that && that.runsById.equals(runsById) && that.imports.equals(imports);
    }

    @Override
    public int hashCode() {
        return Objects.hash(runsById, imports);
    }

    @Override
    public String toString() {
        return "Observation" + runs() + imports;
    }
}
