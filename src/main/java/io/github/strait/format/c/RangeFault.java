package io.github.strait.format.c;

import com.google.common.collect.ImmutableList;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Sets of rules with ranges that libseccomp compiles wrong. */
final class RangeFault {
    private RangeFault() {}

    /**
     * A call with rules of which libseccomp compiles some wrong (measured with 2.5.4 and 2.6.1: random sets of rules
     * against their plain meaning): several rules with ranges or NE beside conditions on other arguments, or with ranges
     * on both sides of 2^32.
     */
    static Optional<String> find(ImmutableList<Rule> rules) {
        Map<String, List<Rule>> byCall = new TreeMap<>();
        for (Rule rule : rules) {
            rule.names()
                    .forEach(name -> byCall.computeIfAbsent(name, key -> new ArrayList<>())
                            .add(rule));
        }
        return byCall.entrySet().stream()
                .filter(call -> call.getValue().size() > 1 && isMiscompiled(call.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean isMiscompiled(List<Rule> rules) {
        List<Condition> inexact = new ArrayList<>();
        for (Rule rule : rules) {
            for (Condition condition : rule.conditions()) {
                if (condition.operator() != Operator.EQ && condition.operator() != Operator.MASKED_EQ) {
                    inexact.add(condition);
                }
            }
        }
        boolean several = rules.stream().anyMatch(rule -> rule.conditions().size() > 1);
        return several
                ? !inexact.isEmpty()
                : inexact.stream()
                                .filter(condition -> condition.operator() != Operator.NE)
                                .map(condition -> condition.value() >>> Integer.SIZE)
                                .distinct()
                                .count()
                        > 1;
    }
}
