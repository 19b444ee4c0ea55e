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
 * The decisions about one call: that of the first case whose conditions all hold, else the last one. Calls of equal
 * plans share their code.
 */
record CallPlan(Arch arch, ImmutableList<Case> cases, Decision otherwise) {

    /** Conditions that must all hold, and the decision then. */
    record Case(ImmutableList<Condition> conditions, Decision decision) {}

    /** The plan that looks at no argument. */
    static CallPlan of(Arch arch, Decision decision) {
        return new CallPlan(arch, ImmutableList.of(), decision);
    }

    /** The plan that the rules of a profile make for a call of this name: see {@link Profile#decide}. */
    static CallPlan of(Arch arch, Profile profile, List<Rule> rules) {
        Decision otherwise = profile.defaultDecision();
        ImmutableList.Builder<Case> cases = ImmutableList.builder();
        for (Rule rule : rules) {
            if (!rule.decision().equals(otherwise)) {
                cases.addAll(cases(arch, rule));
            }
        }
        ImmutableList<Case> all = cases.build();
        return all.stream()
                .filter(each -> each.conditions().isEmpty())
                .findFirst()
                .map(each -> of(arch, each.decision()))
                .orElseGet(() -> new CallPlan(arch, all, otherwise));
    }

    /** One case, or one for each condition where two of them look at one argument. */
    private static List<Case> cases(Arch arch, Rule rule) {
        Predicate<Condition> looks = condition -> !condition.isVacuous(arch);
        if (!rule.isSplit()) {
            return List.of(new Case(
                    rule.conditions().stream().filter(looks).collect(ImmutableList.toImmutableList()),
                    rule.decision()));
        }
        return rule.conditions().stream()
                .map(condition -> new Case(
                        looks.test(condition) ? ImmutableList.of(condition) : ImmutableList.of(), rule.decision()))
                .toList();
    }

    boolean isConditional() {
        return !cases.isEmpty();
    }

    /** Writes the code that decides about such a call. */
    Label write(Assembler code) {
        Label next = code.answer(otherwise.returnValue());
        for (Case each : cases.reverse()) {
            Label entry = code.answer(each.decision().returnValue());
            for (Condition condition : each.conditions().reverse()) {
                entry = ConditionCode.write(code, arch, condition, entry, next);
            }
            next = entry;
        }
        return next;
    }
}
