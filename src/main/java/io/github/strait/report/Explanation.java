package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.condition.CallConditions;
import io.github.strait.derive.Denial;
import io.github.strait.derive.Derivation;
import io.github.strait.derive.DerivedLayer;
import io.github.strait.derive.Layer;
import io.github.strait.derive.Reason;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.LineCounts;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Proof;
import io.github.strait.observation.RuntimePart;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Why each call is allowed, or not: how often it was made, where first, what it returned, who called it, or which layer
 * names it.
 *
 * @param runs the lines of each run
 * @param layers the names of the layers that are on, in their order
 * @param asked the calls to explain, as they were asked for; empty for all that are allowed or were observed
 * @param architectures those that the profile is for
 * @param leftOut those of the evidence that it is not for
 * @param runtime what runtimes of recorded containers called before the programs, which allows nothing
 * @param imports what the programs import and no run shows
 */
public record Explanation(
        EvidenceCounts evidence,
        ImmutableList<RunLines> runs,
        ImmutableList<String> layers,
        ImmutableList<String> asked,
        ImmutableSortedMap<Arch, OfArch> architectures,
        ImmutableSortedMap<Arch, LeftOut> leftOut,
        ImmutableSortedMap<Arch, ImmutableSortedMap<String, RuntimePart.Call>> runtime,
        UnseenImports imports) {
    /** The lines of a run, and the first places of those that were not understood. */
    public record RunLines(String source, LineCounts lines, ImmutableList<SourcePosition> unparsedAt) {}

    /**
     * The calls on one architecture.
     *
     * @param proof how well the evidence proves the architecture; empty where it shows no call there
     * @param derivedFrom the architecture whose evidence the calls follow from, where it shows no call there
     * @param calls by libseccomp name
     */
    public record OfArch(Optional<Proof> proof, Optional<Arch> derivedFrom, ImmutableSortedMap<String, Call> calls) {}

    /**
     * One call.
     *
     * @param seen what the evidence shows of it
     * @param reasons why it is needed, the evidence first; empty when it is not
     * @param notNeeded what becomes of a call without a reason
     * @param condition what is compared of its arguments; empty for a call that is not allowed, and where the catalogue has
     *     nothing for it
     */
    public record Call(
            Optional<SyscallObservation> seen,
            ImmutableList<Reason> reasons,
            Optional<NotNeeded> notNeeded,
            Optional<ExplainedCondition> condition) {}

    /** An architecture that the profile was not asked for, and how many calls the evidence shows there. */
    public record LeftOut(Proof proof, long calls) {}

    /**
     * Explains calls.
     *
     * @param sharing between which ABIs the document shares its rules
     * @param asked the calls; none for all that are allowed or were observed
     */
    public static Explanation of(
            Observation observation, Derivation derivation, Sharing sharing, Collection<String> asked) {
        TreeMap<Arch, OfArch> architectures = new TreeMap<>();
        for (Arch arch : derivation.rationales().keySet()) {
            architectures.put(arch, arch(arch, observation, derivation, sharing, asked));
        }
        TreeMap<Arch, LeftOut> leftOut = new TreeMap<>();
        observation.architectures().forEach((arch, seen) -> {
            if (!architectures.containsKey(arch)) {
                long calls = seen.syscalls().values().stream()
                        .mapToLong(SyscallObservation::count)
                        .sum();
                leftOut.put(arch, new LeftOut(seen.proof(), calls));
            }
        });
        return new Explanation(
                EvidenceCounts.of(observation),
                observation.runs().stream()
                        .map(run -> new RunLines(run.source(), run.lines(), run.unparsedAt()))
                        .collect(ImmutableList.toImmutableList()),
                derivation.layers().stream().map(Layer::name).collect(ImmutableList.toImmutableList()),
                ImmutableList.copyOf(asked),
                ImmutableSortedMap.copyOf(architectures),
                ImmutableSortedMap.copyOf(leftOut),
                RuntimePart.sum(observation),
                UnseenImports.of(observation));
    }

    private static OfArch arch(
            Arch arch, Observation observation, Derivation derivation, Sharing sharing, Collection<String> asked) {
        Optional<ArchObservation> evidence =
                Optional.ofNullable(observation.architectures().get(arch));
        ImmutableSortedMap<String, SyscallObservation> seen =
                evidence.map(ArchObservation::syscalls).orElseGet(ImmutableSortedMap::of);
        ImmutableSortedMap<String, ImmutableList<Reason>> reasons =
                derivation.rationale(arch).reasons();
        Set<String> names = new TreeSet<>(asked);
        if (asked.isEmpty()) {
            names.addAll(reasons.keySet());
            names.addAll(seen.keySet());
        }
        Set<String> shared = derivation.addedByUnion(arch, sharing);
        Map<String, Denial> denials = derivation.denials(arch, sharing);
        Map<String, CallConditions> conditions = derivation.conditions(arch, sharing);
        TreeMap<String, Call> calls = new TreeMap<>();
        for (String name : names) {
            ImmutableList<Reason> why = reasons.getOrDefault(name, ImmutableList.of());
            Optional<NotNeeded> notNeeded = why.isEmpty()
                    ? Optional.of(NotNeeded.of(arch, name, seen.containsKey(name), shared, denials))
                    : Optional.empty();
            Optional<ExplainedCondition> condition = Optional.ofNullable(conditions.get(name))
                    .flatMap(known -> ExplainedCondition.of(
                            name, arch, derivation.args().orElseThrow(), known, observation, derivation.otherwise()));
            calls.put(name, new Call(Optional.ofNullable(seen.get(name)), why, notNeeded, condition));
        }
        return new OfArch(
                evidence.map(ArchObservation::proof),
                Optional.ofNullable(derivation.derived().get(arch)).map(DerivedLayer::source),
                ImmutableSortedMap.copyOf(calls));
    }
}
