package io.github.strait.profile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Allows more calls in a profile, which keeps its other rules, their order and their comments. What the profile allows
 * already is left as it is.
 */
public final class Amendment {
    private final Arch arch;
    private final Arch machine;
    private Profile profile;

    /**
     * An amendment of what counts on one ABI.
     *
     * @param profile may have rules that count on some machines only
     */
    public Amendment(Profile profile, Arch arch) {
        this.profile = profile;
        this.arch = arch;
        this.machine = arch.nativeArch();
    }

    /** The profile with all that was allowed. */
    public Profile profile() {
        return profile;
    }

    /**
     * Allows a call, if it is not allowed.
     *
     * @param alternatives of each list all conditions must hold; one without conditions allows any arguments
     * @param inForce the profile as it counts on the machine, for what it allows
     * @throws RefusalException when it has too many conditions on the call
     */
    public void allow(String name, List<ImmutableList<Condition>> alternatives, Profile inForce) {
        List<ImmutableList<Condition>> missing = new ArrayList<>();
        try {
            CoverException.about(name, () -> missing.addAll(missing(name, alternatives, inForce)));
        } catch (CoverException e) {
            throw e.refusal("cannot-merge");
        }
        if (missing.isEmpty()) {
            return;
        }
        boolean isWhole = missing.stream().anyMatch(List::isEmpty);
        List<Rule> rules = without(name, isWhole);
        if (isWhole) {
            addName(name, rules);
        } else {
            int at = after(name, rules);
            for (ImmutableList<Condition> conditions : missing) {
                rules.add(
                        at++,
                        Rule.builder(Action.ALLOW)
                                .name(name)
                                .conditions(conditions)
                                .scope(scope())
                                .build());
            }
        }
        profile = profile.withRules(rules);
    }

    private List<ImmutableList<Condition>> missing(
            String name, List<ImmutableList<Condition>> alternatives, Profile inForce) {
        ArgumentSpace space = new ArgumentSpace(arch.pointerBits());
        int allowed =
                new NamedRules("the profile", inForce).regions(name, space).permitted();
        List<ImmutableList<Condition>> missing = new ArrayList<>();
        for (ImmutableList<Condition> conditions : alternatives) {
            Rule rule =
                    Rule.builder(Action.ALLOW).name(name).conditions(conditions).build();
            int wanted = DecisionRegions.of(Decision.of(Action.ERRNO), ImmutableList.of(rule), space)
                    .permitted();
            if (space.minus(wanted, allowed) != ArgumentSpace.NONE) {
                missing.add(conditions);
            }
        }
        return missing;
    }

    /**
     * The rules without those that deny the call on this machine.
     *
     * @param isWhole whether conditions on it are left out too
     */
    private List<Rule> without(String name, boolean isWhole) {
        List<Rule> rules = new ArrayList<>();
        for (Rule rule : profile.rules()) {
            boolean isObstacle =
                    rule.action().permits() ? isWhole && rule.isConditional() && isHere(rule.scope()) : mayBeHere(rule);
            if (!isObstacle || !rule.names().contains(name)) {
                rules.add(rule);
            } else if (rule.names().size() > 1) {
                Set<String> others = new TreeSet<>(rule.names());
                others.remove(name);
                rules.add(named(rule, others));
            }
        }
        return rules;
    }

    private boolean mayBeHere(Rule rule) {
        return rule.scope().mayApply(machine);
    }

    /** Whether rules of this scope count on the machine, whatever its kernel and capabilities are. */
    private boolean isHere(Scope scope) {
        return scope.excludes().isEmpty()
                && scope.includes().caps().isEmpty()
                && scope.includes().minKernel().isEmpty()
                && scope.mayApply(machine);
    }

    /** Into the first rule that allows calls as they are. */
    private void addName(String name, List<Rule> rules) {
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            if (rule.action() == Action.ALLOW && !rule.isConditional() && isHere(rule.scope())) {
                Set<String> names = new TreeSet<>(rule.names());
                names.add(name);
                rules.set(i, named(rule, names));
                return;
            }
        }
        rules.add(0, Rule.builder(Action.ALLOW).name(name).scope(scope()).build());
    }

    private static Rule named(Rule rule, Set<String> names) {
        return new Rule(
                ImmutableSortedSet.copyOf(names),
                rule.action(),
                rule.errnoRet(),
                rule.conditions(),
                rule.scope(),
                rule.comment());
    }

    /** That of a rule of its own: the machine, in a document that tells machines apart. */
    private Scope scope() {
        boolean isScoped = profile.rules().stream()
                .anyMatch(rule -> !rule.scope().includes().arches().isEmpty());
        return isScoped
                ? new Scope(
                        new Scope.Clause(ImmutableSortedSet.of(machine), ImmutableSortedSet.of(), Optional.empty()),
                        Scope.Clause.NONE)
                : Scope.EVERYWHERE;
    }

    /** The place after the last rule that allows the call, or else before the first that denies any. */
    private static int after(String name, List<Rule> rules) {
        int denials = rules.size();
        for (int i = rules.size() - 1; i >= 0; i--) {
            if (rules.get(i).action().permits() && rules.get(i).names().contains(name)) {
                return i + 1;
            }
            denials = rules.get(i).action().permits() ? denials : i;
        }
        return denials;
    }
}
