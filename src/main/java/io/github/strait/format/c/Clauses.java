package io.github.strait.format.c;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a program adds to a filter of libseccomp one by one: names of calls, conditions that must all hold, and the
 * decision. There is none for a rule that repeats the default, which libseccomp refuses, and one for each condition of a
 * rule of which two look at one argument, which it refuses, too.
 */
record Clauses(ImmutableList<Clause> list) {
    /** One of them. */
    record Clause(Set<String> names, ImmutableList<Condition> conditions, Decision decision) {}

    static Clauses of(Profile profile) {
        ImmutableList.Builder<Clause> clauses = ImmutableList.builder();
        for (Rule rule : profile.rules()) {
            if (!rule.decision().equals(profile.defaultDecision())) {
                alternatives(rule)
                        .forEach(conditions -> clauses.add(new Clause(rule.names(), conditions, rule.decision())));
            }
        }
        return new Clauses(clauses.build());
    }

    private static List<ImmutableList<Condition>> alternatives(Rule rule) {
        return rule.isSplit()
                ? rule.conditions().stream().map(ImmutableList::of).toList()
                : List.of(rule.conditions());
    }

    /** Whether some call has clauses with different decisions: which of them wins may depend on an order. */
    boolean areOrdered() {
        return Multimaps.asMap(byCall()).values().stream()
                .anyMatch(clauses ->
                        clauses.stream().map(Clause::decision).distinct().count() > 1);
    }

    /**
     * A call with clauses of which libseccomp compiles some wrong (measured with 2.5.4 and 2.6.1: random sets of rules
     * against their plain meaning): several, with ranges or NE beside conditions on other arguments, or with ranges on
     * both sides of 2^32.
     */
    Optional<String> miscompiled() {
        for (Map.Entry<String, List<Clause>> call : Multimaps.asMap(byCall()).entrySet()) {
            if (call.getValue().size() > 1 && isMiscompiled(call.getValue())) {
                return Optional.of(call.getKey());
            }
        }
        return Optional.empty();
    }

    private static boolean isMiscompiled(List<Clause> clauses) {
        List<Condition> inexact = new ArrayList<>();
        for (Clause clause : clauses) {
            for (Condition condition : clause.conditions()) {
                if (condition.operator() != Operator.EQ && condition.operator() != Operator.MASKED_EQ) {
                    inexact.add(condition);
                }
            }
        }
        boolean several =
                clauses.stream().anyMatch(clause -> clause.conditions().size() > 1);
        return several
                ? !inexact.isEmpty()
                : inexact.stream()
                                .filter(condition -> condition.operator() != Operator.NE)
                                .map(condition -> condition.value() >>> Integer.SIZE)
                                .distinct()
                                .count()
                        > 1;
    }

    private ImmutableListMultimap<String, Clause> byCall() {
        ImmutableListMultimap.Builder<String, Clause> clauses = ImmutableListMultimap.builder();
        list.forEach(clause -> clause.names().forEach(name -> clauses.put(name, clause)));
        return clauses.build();
    }
}
