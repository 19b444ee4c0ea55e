package io.github.strait.profile;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The rules that make given decisions. The same decisions always give the same rules. */
public final class RegionRules {
    private static final Comparator<Rule> LIKE = Comparator.comparing(Rule::isConditional)
            .thenComparing(Rule::decision, DecisionRegions.BY_LENIENCY.reversed())
            .thenComparing(rule -> rule.conditions().toString());

    private static final Comparator<Rule> ORDER = Comparator.comparing(Rule::isConditional)
            .thenComparing(Rule::decision, DecisionRegions.BY_LENIENCY.reversed())
            .thenComparing(rule -> rule.names().toString())
            .thenComparing(rule -> rule.conditions().toString());

    private final Decision byDefault;
    private final Map<Rule, Set<String>> groups = new TreeMap<>(LIKE);

    /** @param byDefault the decision about calls that no rule names */
    public RegionRules(Decision byDefault) {
        this.byDefault = byDefault;
    }

    /** The decision about calls that no rule names. */
    public Decision byDefault() {
        return byDefault;
    }

    /**
     * Adds the rules for a call; false when no rules say all that is given.
     *
     * @param regions the decisions about the call on each ABI that has it, or on one ABI of each kind
     * @throws CoverException when they take too many conditions; the message names the call
     */
    public boolean add(String name, List<DecisionRegions> regions) {
        Optional<List<Rule>> rules = CoverException.about(name, () -> rules(name, regions));
        rules.ifPresent(all -> all.forEach(
                rule -> groups.computeIfAbsent(rule, key -> new TreeSet<>()).add(name)));
        return rules.isPresent();
    }

    /** The rules, calls with equal ones together. */
    public ImmutableList<Rule> rules() {
        return groups.entrySet().stream()
                .map(group -> rule(group.getKey().decision(), group.getKey().conditions(), group.getValue()))
                .sorted(ORDER)
                .collect(ImmutableList.toImmutableList());
    }

    private Optional<List<Rule>> rules(String name, List<DecisionRegions> regions) {
        Set<Decision> decisions = new TreeSet<>(DecisionRegions.BY_LENIENCY.reversed());
        regions.forEach(some -> decisions.addAll(some.regions().keySet()));
        decisions.remove(byDefault);
        ImmutableList.Builder<Rule> rules = ImmutableList.builder();
        for (Decision decision : decisions) {
            for (ImmutableList<Condition> conditions : cover(decision, regions)) {
                rules.add(rule(decision, conditions, Set.of(name)));
            }
        }
        ImmutableList<Rule> written = rules.build();
        return Optional.<List<Rule>>of(written)
                .filter(all -> regions.stream()
                        .allMatch(some ->
                                DecisionRegions.of(byDefault, all, some.space()).equals(some)));
    }

    /** Conditions that are right everywhere, taken from those that each ABI needs. */
    private static List<ImmutableList<Condition>> cover(Decision decision, List<DecisionRegions> regions) {
        ImmutableList.Builder<ImmutableList<Condition>> cover = ImmutableList.builder();
        for (int i = 0; i < regions.size(); i++) {
            ArgumentSpace space = regions.get(i).space();
            int missing = regions.get(i).region(decision);
            for (ImmutableList<Condition> conditions : cover.build()) {
                missing = space.minus(missing, space.of(conditions));
            }
            if (missing != ArgumentSpace.NONE) {
                Cover.ofRules(space, regions.get(i).region(decision)).stream()
                        .filter(conditions -> regions.stream().allMatch(some -> fits(conditions, decision, some)))
                        .forEach(cover::add);
            }
        }
        return cover.build();
    }

    private static boolean fits(ImmutableList<Condition> conditions, Decision decision, DecisionRegions regions) {
        ArgumentSpace space = regions.space();
        return space.minus(space.of(conditions), regions.region(decision)) == ArgumentSpace.NONE;
    }

    private static Rule rule(Decision decision, ImmutableList<Condition> conditions, Set<String> names) {
        Rule.Builder rule = Rule.builder(decision.action()).names(names).conditions(conditions);
        if (decision.action().takesErrno()) {
            rule.errnoRet(decision.errno());
        }
        return rule.build();
    }
}
