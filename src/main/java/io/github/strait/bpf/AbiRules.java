package io.github.strait.bpf;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Table;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.CoverException;
import io.github.strait.profile.Decision;
import io.github.strait.profile.DecisionRegions;
import io.github.strait.profile.Profile;
import io.github.strait.profile.RegionRules;
import io.github.strait.syscall.Arch;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Rules for the decisions on some ABIs: for each ABI apart, and for all of them together where that is possible. */
final class AbiRules {
    private final Map<Arch, Decision> defaults;
    private final Table<Arch, String, DecisionRegions> calls;
    private Optional<String> gap = Optional.empty();
    private String difference = "";

    /**
     * The decisions.
     *
     * @param defaults about calls without a name, one or more
     * @param calls about the others, by name
     */
    AbiRules(Map<Arch, Decision> defaults, Table<Arch, String, DecisionRegions> calls) {
        this.defaults = defaults;
        this.calls = calls;
    }

    /** A profile for each ABI. */
    AbiProfiles profiles() {
        Map<Arch, Profile> profiles = new TreeMap<>();
        defaults.forEach((abi, byDefault) -> {
            RegionRules rules = new RegionRules(byDefault);
            calls.row(abi).forEach((name, regions) -> {
                if (isOnly(regions, byDefault)) {
                    return;
                }
                try {
                    rules.add(name, List.of(regions));
                } catch (CoverException e) {
                    gap = gap.or(() -> Optional.of("'" + name + "' on " + abi.label()
                            + " cannot be put into rules: it takes too many conditions"));
                }
            });
            if (isSuccess(byDefault)) {
                gap = gap.or(() -> Optional.of(
                        "calls without a name pretend success on " + abi.label() + ", which no profile may say"));
            }
            profiles.put(abi, profile(Set.of(abi), byDefault, rules));
        });
        return AbiProfiles.of(profiles);
    }

    /** A call for which there are no rules in the {@link #profiles}, and why. */
    Optional<String> gap() {
        return gap;
    }

    /** One profile for all of the ABIs; empty when there is none. */
    Optional<Profile> profile() {
        Set<Decision> each = Set.copyOf(defaults.values());
        if (each.size() > 1) {
            difference = "calls that it does not name get "
                    + defaults.entrySet().stream()
                            .map(entry ->
                                    entry.getValue() + " on " + entry.getKey().label())
                            .collect(Collectors.joining(", "));
            return Optional.empty();
        }
        RegionRules rules = new RegionRules(each.iterator().next());
        for (String name : ImmutableSortedSet.copyOf(calls.columnKeySet())) {
            Map<Arch, DecisionRegions> regions = calls.column(name);
            if (!isAdded(rules, name, regions.values())) {
                difference = "'" + name + "' gets different decisions on "
                        + regions.keySet().stream().map(Arch::label).collect(Collectors.joining(" and "));
                return Optional.empty();
            }
        }
        return Optional.of(profile(defaults.keySet(), rules.byDefault(), rules));
    }

    private static boolean isAdded(RegionRules rules, String name, Collection<DecisionRegions> regions) {
        if (regions.stream().allMatch(each -> isOnly(each, rules.byDefault()))) {
            return true;
        }
        try {
            return rules.add(name, regions.stream().distinct().toList());
        } catch (CoverException e) {
            return false;
        }
    }

    /** Why there is no profile for all of the ABIs. */
    String difference() {
        return difference;
    }

    private static boolean isOnly(DecisionRegions regions, Decision decision) {
        return regions.regions().size() == 1 && regions.regions().containsKey(decision);
    }

    private static boolean isSuccess(Decision decision) {
        return decision.action().takesErrno() && decision.errno() == 0;
    }

    private static Profile profile(Set<Arch> abis, Decision byDefault, RegionRules rules) {
        Profile.Builder profile = Profile.builder(byDefault.action()).architectures(abis);
        if (byDefault.action().takesErrno() && !isSuccess(byDefault)) {
            profile.defaultErrnoRet(byDefault.errno());
        }
        return profile.rules(rules.rules()).build();
    }
}
