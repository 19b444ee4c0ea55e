package io.github.strait.api;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.argument.Tier;
import io.github.strait.condition.CallConditions;
import io.github.strait.derive.Denial;
import io.github.strait.derive.Derivation;
import io.github.strait.derive.DeriveOptions;
import io.github.strait.derive.Overrides;
import io.github.strait.derive.Rationale;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.observation.Observation;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Difference;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.NamelessCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Evidence as a side of a comparison: the calls that it shows. Where the other side compares the arguments of one, it
 * counts with the conditions that {@code generate} would make of its values; a profile by names says nothing about them.
 */
final class ObservedSide {
    private static final String CLONE = "clone";
    private static final String CLONE3 = "clone3";

    private final Observation observation;
    private final ImmutableSortedMap<Arch, ImmutableSortedSet<String>> names;

    private ObservedSide(Observation observation, ImmutableSortedMap<Arch, ImmutableSortedSet<String>> names) {
        this.observation = observation;
        this.names = names;
    }

    /** The calls that have names; the listener hears of the others. */
    static ObservedSide of(Observation observation, DiagnosticListener listener) {
        ImmutableSortedMap.Builder<Arch, ImmutableSortedSet<String>> names = ImmutableSortedMap.naturalOrder();
        observation.architectures().forEach((arch, seen) -> {
            ImmutableSortedSet.Builder<String> here = ImmutableSortedSet.naturalOrder();
            seen.syscalls().forEach((name, call) -> {
                if (NamelessCall.isOne(name)) {
                    listener.diagnostic(Diagnostic.warning(
                            "nameless-call",
                            call.first(),
                            "number " + NamelessCall.digits(name) + " has no name on " + arch.label()
                                    + "; it is not compared, because no profile can name it"));
                } else {
                    here.add(name).addAll(call.alternatives());
                }
            });
            names.put(arch, here.build());
        });
        return new ObservedSide(observation, names.build());
    }

    /** The evidence. */
    Observation observation() {
        return observation;
    }

    /** The calls with any arguments. */
    Difference.Side byNames() {
        Map<Arch, Profile> profiles = new TreeMap<>();
        names.forEach((arch, here) -> profiles.put(arch, profile(arch, here, Map.of())));
        return Difference.Side.withoutDenials(AbiProfiles.of(profiles));
    }

    /** The calls with all conditions that their values make, of the rows that are compared by default. */
    Difference.Side byValues() {
        ImmutableSortedMap<Arch, Rationale> known = rationales(Tier.SAFE);
        Map<Arch, Profile> profiles = new TreeMap<>();
        names.forEach((arch, here) -> profiles.put(arch, profile(arch, here, conditions(known, arch))));
        return Difference.Side.withoutDenials(AbiProfiles.of(profiles));
    }

    /** The calls with conditions where the other side has some. */
    Difference.Side facing(Difference.Side other) {
        ImmutableSortedMap<Arch, Rationale> known = rationales(other.hasDenials() ? Tier.STRICT : Tier.SAFE);
        Map<Arch, Profile> profiles = new TreeMap<>();
        names.forEach((arch, here) -> {
            Profile faced = other.profiles().on(arch).orElse(null);
            TreeMap<String, CallConditions> conditions = new TreeMap<>(conditions(known, arch));
            conditions.keySet().removeIf(name -> faced == null || !isCompared(name, faced));
            Rationale rationale = known.get(arch);
            boolean isReplaced = conditions.containsKey(CLONE)
                    && rationale != null
                    && isReplaced(rationale)
                    && (faced == null || !isNamed(CLONE3, faced));
            profiles.put(arch, profile(arch, isReplaced ? replaced(here) : here, conditions));
        });
        return Difference.Side.withoutDenials(AbiProfiles.of(profiles));
    }

    private static Map<String, CallConditions> conditions(Map<Arch, Rationale> known, Arch arch) {
        Rationale rationale = known.get(arch);
        return rationale == null ? Map.of() : rationale.conditions();
    }

    /** What a profile of this evidence alone would ask for. */
    private ImmutableSortedMap<Arch, Rationale> rationales(Tier tier) {
        if (names.values().stream().allMatch(ImmutableSortedSet::isEmpty)) {
            return ImmutableSortedMap.of();
        }
        DeriveOptions options = new DeriveOptions(
                ImmutableSortedSet.of(),
                ImmutableList.of(),
                DeriveOptions.EPERM,
                DeriveOptions.BASELINE,
                false,
                Overrides.NONE,
                Optional.of(tier));
        return Derivation.of(observation, options).rationales();
    }

    private static boolean isCompared(String name, Profile profile) {
        return profile.rules().stream()
                .anyMatch(rule -> rule.action().permits()
                        && !rule.conditions().isEmpty()
                        && rule.names().contains(name));
    }

    private static boolean isNamed(String name, Profile profile) {
        return profile.rules().stream()
                .anyMatch(rule -> rule.action().permits() && rule.names().contains(name));
    }

    /** Whether clone, whose flags are compared, would stand in for clone3. */
    private static boolean isReplaced(Rationale rationale) {
        Denial denial = rationale.denials().get(CLONE3);
        return denial != null && denial.cause() == Denial.Cause.REPLACED;
    }

    private static ImmutableSortedSet<String> replaced(ImmutableSortedSet<String> names) {
        ImmutableSortedSet.Builder<String> replaced = ImmutableSortedSet.naturalOrder();
        names.stream().filter(name -> !name.equals(CLONE3)).forEach(replaced::add);
        return replaced.add(CLONE).build();
    }

    private static Profile profile(
            Arch arch, ImmutableSortedSet<String> names, Map<String, CallConditions> conditions) {
        Profile.Builder profile = Profile.builder(Action.ERRNO).architectures(arch);
        List<String> unconditional = new ArrayList<>();
        for (String name : names) {
            CallConditions known = conditions.getOrDefault(name, CallConditions.NONE);
            if (!known.isConditional()) {
                unconditional.add(name);
                continue;
            }
            for (ImmutableList<Condition> all : known.alternatives()) {
                profile.rule(
                        Rule.builder(Action.ALLOW).name(name).conditions(all).build());
            }
        }
        return unconditional.isEmpty()
                ? profile.build()
                : profile.rule(Rule.builder(Action.ALLOW).names(unconditional).build())
                        .build();
    }
}
