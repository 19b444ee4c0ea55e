package io.github.strait.profile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.syscall.Arch;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The decisions of a profile about one call, each with the arguments that lead to it. This is the normal form: two
 * profiles mean the same for a call exactly when their regions are equal.
 *
 * @param regions sets of the space, none of them empty; together they cover all arguments, and they are disjoint
 */
public record DecisionRegions(ArgumentSpace space, ImmutableSortedMap<Decision, Integer> regions) {
    /** The kernel's order of precedence, the strictest first; of two error numbers the lower one is first. */
    public static final Comparator<Decision> BY_LENIENCY =
            Comparator.comparing(Decision::action).thenComparingInt(Decision::errno);

    /** One decision for all arguments. */
    public static DecisionRegions always(ArgumentSpace space, Decision decision) {
        return of(space, Map.of(decision, ArgumentSpace.ALL));
    }

    /** The decisions about a call that the ABI has and all of these rules name, as {@link Profile#decide} says. */
    static DecisionRegions of(Decision byDefault, List<Rule> named, ArgumentSpace space) {
        List<Rule> rules = named.stream()
                .filter(rule -> !rule.decision().equals(byDefault))
                .toList();
        for (Rule rule : rules) {
            if (isUnconditional(rule, space)) {
                return always(space, rule.decision());
            }
        }
        Map<Decision, Integer> regions = new TreeMap<>(BY_LENIENCY);
        int rest = ArgumentSpace.ALL;
        for (Rule rule : rules) {
            for (ImmutableList<Condition> alternative : alternatives(rule)) {
                int set = space.and(rest, space.of(alternative));
                rest = space.minus(rest, set);
                put(space, regions, rule.decision(), set);
            }
        }
        put(space, regions, byDefault, rest);
        return of(space, regions);
    }

    /** These regions; none of them may be empty, and together they cover all arguments. */
    public static DecisionRegions of(ArgumentSpace space, Map<Decision, Integer> regions) {
        return new DecisionRegions(space, ImmutableSortedMap.copyOf(regions, BY_LENIENCY));
    }

    private static void put(ArgumentSpace space, Map<Decision, Integer> regions, Decision decision, int set) {
        if (set != ArgumentSpace.NONE) {
            regions.merge(decision, set, space::or);
        }
    }

    /** The alternative lists of conditions; one of them must hold. */
    private static List<ImmutableList<Condition>> alternatives(Rule rule) {
        return rule.isSplit()
                ? rule.conditions().stream().map(ImmutableList::of).toList()
                : List.of(rule.conditions());
    }

    private static boolean isUnconditional(Rule rule, ArgumentSpace space) {
        Arch sample = space.bits() == 32 ? Arch.X86 : Arch.X86_64;
        Predicate<Condition> vacuous = condition -> condition.isVacuous(sample);
        return rule.isSplit()
                ? rule.conditions().stream().anyMatch(vacuous)
                : rule.conditions().stream().allMatch(vacuous);
    }

    /** The more lenient decision for each argument: what one of the two lets through goes through. */
    DecisionRegions join(DecisionRegions other) {
        Map<Decision, Integer> joined = new TreeMap<>(BY_LENIENCY);
        regions.forEach((mine, here) -> other.regions.forEach((theirs, there) -> {
            Decision lenient = BY_LENIENCY.compare(mine, theirs) >= 0 ? mine : theirs;
            put(space, joined, lenient, space.and(here, there));
        }));
        return of(space, joined);
    }

    /** The arguments with which the call goes ahead. */
    int permitted() {
        int set = ArgumentSpace.NONE;
        for (Map.Entry<Decision, Integer> region : regions.entrySet()) {
            if (region.getKey().action().permits()) {
                set = space.or(set, region.getValue());
            }
        }
        return set;
    }

    /** The arguments that get this decision. */
    int region(Decision decision) {
        return regions.getOrDefault(decision, ArgumentSpace.NONE);
    }
}
