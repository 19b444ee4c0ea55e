package io.github.strait.report;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.TreeMultimap;
import io.github.strait.condition.CallConditions;
import io.github.strait.condition.Obstacle;
import io.github.strait.derive.Denial;
import io.github.strait.derive.Derivation;
import io.github.strait.derive.DerivedCalls.Way;
import io.github.strait.derive.DerivedLayer;
import io.github.strait.derive.Layer;
import io.github.strait.derive.Rationale;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Run;
import io.github.strait.profile.Action;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.DockerDefault;
import io.github.strait.syscall.Risk;
import io.github.strait.syscall.RiskClass;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The evidence for a derived profile, and how narrow the profile is.
 *
 * @param strangers two programs of runs that have none in common, when there are such runs
 * @param layers the calls that only a layer allows, by the layer's name, in the order of the layers
 * @param risky the allowed calls that can do harm whatever their arguments are
 * @param deniedByDocker those of them that Docker's default profile denies
 * @param defaultAction what happens to calls that it does not list
 * @param denials the calls that are denied with an error other than the default
 * @param arguments how many of them take only some arguments; empty for a profile without conditions
 * @param addedByUnion the calls that a document shared by several architectures allows on one that does not need them
 * @param imports what the programs import and no run shows
 */
public record Summary(
        EvidenceCounts evidence,
        Optional<Strangers> strangers,
        ImmutableSortedMap<Arch, Allowed> architectures,
        ImmutableMap<String, ImmutableSortedSet<String>> layers,
        ImmutableSortedMap<RiskClass, ImmutableSortedSet<String>> risky,
        ImmutableSortedSet<String> deniedByDocker,
        Action defaultAction,
        Denials denials,
        Optional<ByArgument> arguments,
        ImmutableSortedMap<Arch, ImmutableSortedSet<String>> addedByUnion,
        UnseenImports imports) {
    /**
     * How many calls a profile allows on an architecture: those observed and those of layers, and how many Docker's does.
     *
     * @param derived those of layers that were derived, for an architecture without evidence
     */
    public record Allowed(int observed, int layered, int dockerDefault, Optional<Derived> derived) {
        /** The calls that the profile allows. */
        public int total() {
            return observed + layered;
        }
    }

    /**
     * The calls of an architecture that follow from evidence of another.
     *
     * @param same the same calls
     * @param mapped other calls for the same purpose
     * @param start calls of every program's start there
     */
    public record Derived(Arch from, int same, int mapped, int start) {
        /** All of them. */
        public int total() {
            return same + mapped + start;
        }

        private static Derived of(DerivedLayer layer, Rationale rationale) {
            int[] counts = new int[Way.values().length];
            for (String name : rationale.addedBy(DerivedLayer.NAME)) {
                counts[layer.way(name).ordinal()]++;
            }
            return new Derived(
                    layer.source(),
                    counts[Way.SAME.ordinal()],
                    counts[Way.MAPPED.ordinal()],
                    counts[Way.START.ordinal()]);
        }
    }

    /** Programs, one of one run and one of another. */
    public record Strangers(String one, String other) {}

    /**
     * The calls that get another error than the default, by the error's name; a call may have one for each architecture.
     *
     * @param fallback those whose callers fall back on that error
     * @param asked those that the user denied
     * @param elided those that only ever failed with that error
     */
    public record Denials(
            ImmutableSortedMap<String, ImmutableSortedSet<String>> fallback,
            ImmutableSortedMap<String, ImmutableSortedSet<String>> asked,
            ImmutableSortedMap<String, ImmutableSortedSet<String>> elided) {
        private static Denials of(Derivation derivation, Sharing sharing) {
            TreeMultimap<String, String> fallback = TreeMultimap.create();
            TreeMultimap<String, String> asked = TreeMultimap.create();
            TreeMultimap<String, String> elided = TreeMultimap.create();
            for (Arch arch : derivation.rationales().keySet()) {
                for (Map.Entry<String, Denial> each :
                        derivation.denials(arch, sharing).entrySet()) {
                    Denial denial = each.getValue();
                    TreeMultimap<String, String> kind = switch (denial.cause()) {
                        case FALLBACK, REPLACED -> fallback;
                        case ASKED -> asked;
                        case ELIDED -> elided;
                    };
                    kind.put(denial.errno(), each.getKey());
                }
            }
            return new Denials(sorted(fallback), sorted(asked), sorted(elided));
        }
    }

    /**
     * The allowed calls that the catalogue of arguments has.
     *
     * @param compared those that take only some arguments, on some architecture
     * @param others those that take any, each with the first reason
     */
    public record ByArgument(ImmutableSortedSet<String> compared, ImmutableSortedMap<String, Obstacle> others) {
        private static ByArgument of(Derivation derivation, Sharing sharing) {
            TreeSet<String> compared = new TreeSet<>();
            TreeMap<String, Obstacle> others = new TreeMap<>();
            for (Arch arch : derivation.rationales().keySet()) {
                for (Map.Entry<String, CallConditions> each :
                        derivation.conditions(arch, sharing).entrySet()) {
                    if (each.getValue().isConditional()) {
                        compared.add(each.getKey());
                    } else if (!each.getValue().obstacles().isEmpty()) {
                        others.putIfAbsent(
                                each.getKey(), each.getValue().obstacles().get(0));
                    }
                }
            }
            others.keySet().removeAll(compared);
            return new ByArgument(ImmutableSortedSet.copyOf(compared), ImmutableSortedMap.copyOf(others));
        }
    }

    /**
     * The summary of a derivation.
     *
     * @param sharing between which ABIs the document shares its rules
     * @param answers whether the document can deny some calls with another error than the rest
     */
    public static Summary of(Observation observation, Derivation derivation, Sharing sharing, boolean answers) {
        TreeMap<Arch, Allowed> architectures = new TreeMap<>();
        TreeMap<Arch, ImmutableSortedSet<String>> union = new TreeMap<>();
        for (Map.Entry<Arch, Rationale> entry : derivation.rationales().entrySet()) {
            Arch arch = entry.getKey();
            Rationale rationale = entry.getValue();
            architectures.put(
                    arch,
                    new Allowed(
                            rationale.observed(),
                            rationale.layered(),
                            DockerDefault.allowedCount(arch),
                            Optional.ofNullable(derivation.derived().get(arch))
                                    .map(layer -> Derived.of(layer, rationale))));
            ImmutableSortedSet<String> added = derivation.addedByUnion(arch, sharing);
            if (!added.isEmpty()) {
                union.put(arch, added);
            }
        }
        TreeMultimap<RiskClass, String> risky = TreeMultimap.create();
        TreeSet<String> deniedByDocker = new TreeSet<>();
        derivation.rationales().forEach((arch, rationale) -> risks(arch, rationale, risky, deniedByDocker));
        return new Summary(
                EvidenceCounts.of(observation),
                strangers(observation),
                ImmutableSortedMap.copyOf(architectures),
                layers(derivation),
                sorted(risky),
                ImmutableSortedSet.copyOf(deniedByDocker),
                derivation.defaultAction(),
                answers
                        ? Denials.of(derivation, sharing)
                        : new Denials(ImmutableSortedMap.of(), ImmutableSortedMap.of(), ImmutableSortedMap.of()),
                derivation.args().isPresent() ? Optional.of(ByArgument.of(derivation, sharing)) : Optional.empty(),
                ImmutableSortedMap.copyOf(union),
                UnseenImports.of(observation));
    }

    /** Runs of different programs are united, which a folder of traces does in passing. */
    private static Optional<Strangers> strangers(Observation observation) {
        Set<String> first = observation.runs().get(0).programs();
        for (Run run : observation.runs()) {
            Set<String> others = run.programs();
            if (!first.isEmpty() && !others.isEmpty() && Collections.disjoint(first, others)) {
                return Optional.of(
                        new Strangers(first.iterator().next(), others.iterator().next()));
            }
        }
        return Optional.empty();
    }

    private static ImmutableMap<String, ImmutableSortedSet<String>> layers(Derivation derivation) {
        ImmutableMap.Builder<String, ImmutableSortedSet<String>> layers = ImmutableMap.builder();
        for (Layer layer : derivation.layers()) {
            TreeSet<String> names = new TreeSet<>();
            derivation.rationales().values().forEach(rationale -> names.addAll(rationale.addedBy(layer.name())));
            if (!names.isEmpty()) {
                layers.put(layer.name(), ImmutableSortedSet.copyOf(names));
            }
        }
        return layers.buildKeepingLast();
    }

    private static void risks(
            Arch arch, Rationale rationale, TreeMultimap<RiskClass, String> risky, Set<String> deniedByDocker) {
        for (String name : rationale.names()) {
            Optional<Risk> risk = Risk.of(name);
            if (risk.isPresent() && risk.get().riskClass().compareTo(RiskClass.HIGH) <= 0) {
                risky.put(risk.get().riskClass(), name);
                if (!DockerDefault.allows(name, arch)) {
                    deniedByDocker.add(name);
                }
            }
        }
    }

    private static <K extends Comparable<K>> ImmutableSortedMap<K, ImmutableSortedSet<String>> sorted(
            TreeMultimap<K, String> names) {
        TreeMap<K, ImmutableSortedSet<String>> sorted = new TreeMap<>();
        names.asMap().forEach((key, values) -> sorted.put(key, ImmutableSortedSet.copyOf(values)));
        return ImmutableSortedMap.copyOf(sorted);
    }
}
