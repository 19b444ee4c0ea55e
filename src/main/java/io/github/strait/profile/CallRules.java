package io.github.strait.profile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a profile says of one call of an ABI, in the order in which it counts; see {@link Profile#decide}. A call that is
 * left to the default has none.
 *
 * @param cases the first that holds decides, and the default if none does; an unconditional one is the only one
 */
public record CallRules(ImmutableList<Case> cases) {
    /**
     * A decision and what it takes.
     *
     * @param conditions that must all hold, each on another argument, and none of them vacuous; empty if unconditional
     */
    public record Case(ImmutableList<Condition> conditions, Decision decision, Rule rule) {}

    /** What the profile says of each call that the ABI has, by name. Rules for other machines must have been left out. */
    public static ImmutableSortedMap<String, CallRules> of(Profile profile, Arch abi) {
        Map<String, ImmutableList.Builder<Rule>> named = new TreeMap<>();
        for (Rule rule : profile.rules()) {
            if (!rule.decision().equals(profile.defaultDecision())) {
                for (String name : rule.names()) {
                    if (SyscallTable.of(abi).contains(name)) {
                        named.computeIfAbsent(name, unseen -> ImmutableList.builder())
                                .add(rule);
                    }
                }
            }
        }
        ImmutableSortedMap.Builder<String, CallRules> calls = ImmutableSortedMap.naturalOrder();
        named.forEach((name, rules) -> calls.put(name, of(rules.build(), abi)));
        return calls.buildOrThrow();
    }

    private static CallRules of(List<Rule> rules, Arch abi) {
        ImmutableList.Builder<Case> cases = ImmutableList.builder();
        for (Rule rule : rules) {
            if (rule.isUnconditional(abi)) {
                return new CallRules(ImmutableList.of(new Case(ImmutableList.of(), rule.decision(), rule)));
            }
            if (rule.isSplit()) {
                for (Condition condition : rule.conditions()) {
                    cases.add(new Case(ImmutableList.of(condition), rule.decision(), rule));
                }
            } else {
                ImmutableList<Condition> effective = rule.conditions().stream()
                        .filter(condition -> !condition.isVacuous(abi))
                        .collect(ImmutableList.toImmutableList());
                cases.add(new Case(effective, rule.decision(), rule));
            }
        }
        return new CallRules(cases.build());
    }

    /** Whether it decides about the call whatever its arguments. */
    public boolean isUnconditional() {
        return cases.get(0).conditions().isEmpty();
    }
}
