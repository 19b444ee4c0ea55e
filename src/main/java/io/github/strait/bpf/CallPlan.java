package io.github.strait.bpf;

import com.google.common.collect.ImmutableList;
import io.github.strait.bpf.Assembler.Label;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.function.Predicate;

/**
 * What is done with one call: the decision of the first clause of which all conditions hold, else the last decision.
 * Calls of equal plans share their code.
 */
record CallPlan(Arch arch, ImmutableList<Clause> clauses, Decision otherwise) {

    /** Conditions that must all hold, and the decision then. */
    record Clause(ImmutableList<Condition> conditions, Decision decision) {}

    /** The plan that looks at no argument. */
    static CallPlan of(Arch arch, Decision decision) {
        return new CallPlan(arch, ImmutableList.of(), decision);
    }

    /** The plan that the rules of a profile make for a call of this name: see {@link Profile#decide}. */
    static CallPlan of(Arch arch, Profile profile, List<Rule> rules) {
        Decision otherwise = profile.defaultDecision();
        ImmutableList.Builder<Clause> clauses = ImmutableList.builder();
        for (Rule rule : rules) {
            if (!rule.decision().equals(otherwise)) {
                clauses.addAll(clauses(arch, rule));
            }
        }
        ImmutableList<Clause> all = clauses.build();
        return all.stream()
                .filter(clause -> clause.conditions().isEmpty())
                .findFirst()
                .map(clause -> of(arch, clause.decision()))
                .orElseGet(() -> new CallPlan(arch, all, otherwise));
    }

    /** One clause, or one for each condition where two of them look at one argument. */
    private static List<Clause> clauses(Arch arch, Rule rule) {
        Predicate<Condition> looks = condition -> !condition.isVacuous(arch);
        if (!rule.isSplit()) {
            return List.of(new Clause(
                    rule.conditions().stream().filter(looks).collect(ImmutableList.toImmutableList()),
                    rule.decision()));
        }
        return rule.conditions().stream()
                .map(condition -> new Clause(
                        looks.test(condition) ? ImmutableList.of(condition) : ImmutableList.of(), rule.decision()))
                .toList();
    }

    boolean isConditional() {
        return !clauses.isEmpty();
    }

    /** Writes the code that answers such a call. */
    Label write(Assembler code) {
        Label next = code.answer(otherwise.returnValue());
        for (Clause clause : clauses.reverse()) {
            Label entry = code.answer(clause.decision().returnValue());
            for (Condition condition : clause.conditions().reverse()) {
                entry = ConditionCode.write(code, arch, condition, entry, next);
            }
            next = entry;
        }
        return next;
    }
}
