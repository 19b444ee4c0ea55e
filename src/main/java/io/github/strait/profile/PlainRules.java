package io.github.strait.profile;

import com.google.common.collect.ImmutableList;
import io.github.strait.syscall.Arch;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules of a profile as readers take them that know less of it: none that repeats the default, which libseccomp
 * refuses; of a call with an unconditional rule that one alone, which wins in a profile; and no two conditions on one
 * argument in a rule. The first one that matches decides.
 */
public final class PlainRules {
    private final Profile profile;

    /** The rule that decides about each call whatever its arguments. */
    private final Map<String, Rule> unconditional = new HashMap<>();

    private PlainRules(Profile profile) {
        this.profile = profile;
        for (Rule rule : profile.rules()) {
            if (counts(rule) && isUnconditional(rule)) {
                rule.names().forEach(name -> unconditional.putIfAbsent(name, rule));
            }
        }
    }

    /** The rules, in the order of the profile. */
    public static ImmutableList<Rule> of(Profile profile) {
        return new PlainRules(profile).rules();
    }

    /** Whether the order of the rules may matter: a call has conditional ones with different actions. */
    public static boolean areOrdered(Profile profile) {
        Map<String, Decision> decisions = new HashMap<>();
        for (Rule rule : of(profile)) {
            for (String name : rule.names()) {
                Decision other = decisions.putIfAbsent(name, rule.decision());
                if (other != null && !other.equals(rule.decision())) {
                    return true;
                }
            }
        }
        return false;
    }

    private ImmutableList<Rule> rules() {
        ImmutableList.Builder<Rule> rules = ImmutableList.builder();
        Set<Rule> written = new HashSet<>();
        for (Rule rule : profile.rules()) {
            if (!counts(rule)) {
                continue;
            }
            List<String> names = rule.names().stream()
                    .filter(name -> !unconditional.containsKey(name) || unconditional.get(name) == rule)
                    .toList();
            for (ImmutableList<Condition> conditions : alternatives(rule)) {
                List<String> fresh = names.stream()
                        .filter(name -> written.add(rule(rule, conditions, List.of(name))))
                        .toList();
                if (!fresh.isEmpty()) {
                    rules.add(rule(rule, conditions, fresh));
                }
            }
        }
        return rules.build();
    }

    private boolean counts(Rule rule) {
        return !rule.decision().equals(profile.defaultDecision());
    }

    /** Whether it is so on ABIs of every width: a mask that is empty for 64 bits is for 32. */
    private static boolean isUnconditional(Rule rule) {
        return rule.isUnconditional(Arch.X86_64);
    }

    private static List<ImmutableList<Condition>> alternatives(Rule rule) {
        if (isUnconditional(rule)) {
            return List.of(ImmutableList.of());
        }
        return rule.isSplit()
                ? rule.conditions().stream().map(ImmutableList::of).toList()
                : List.of(rule.conditions());
    }

    private static Rule rule(Rule model, List<Condition> conditions, List<String> names) {
        Rule.Builder rule = Rule.builder(model.action()).names(names).conditions(conditions);
        model.errnoRet().ifPresent(rule::errnoRet);
        return rule.build();
    }
}
