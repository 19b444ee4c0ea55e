package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.github.strait.condition.CallConditions;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Rule;
import io.github.strait.profile.Scope;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Errno;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes the rules that several ABIs share: one that allows the observed calls, one for each layer, those with conditions
 * call by call, and one for each errno other than the default. Separate rules show a reader which layer allows a call. A call that one of the ABIs
 * needs is allowed on all of them, and no rule denies an allowed call.
 */
final class RuleBuilder {
    private final ImmutableMap<Arch, Rationale> rationales;
    private final ImmutableSortedMap<String, CallConditions> conditions;
    private final Scope scope;
    private final ImmutableList.Builder<Rule> rules = ImmutableList.builder();

    RuleBuilder(Map<Arch, Rationale> rationales, Scope scope) {
        this.rationales = ImmutableMap.copyOf(rationales);
        this.conditions = SharedConditions.of(this.rationales);
        this.scope = scope;
    }

    /**
     * The rules, no name in two of them but the alternatives of one call; the layers' in the order given, and none for a
     * denial that is the default's.
     *
     * @param otherwise the name of the default's error or action
     * @throws RefusalException when an errno that is needed has different numbers on these ABIs
     */
    ImmutableList<Rule> rules(List<Layer> layers, String otherwise) {
        allow(layers);
        TreeMap<String, Set<String>> denied = new TreeMap<>();
        denials(rationales.values())
                .forEach((name, denial) -> denied.computeIfAbsent(denial.errno(), key -> new TreeSet<>())
                        .add(name));
        denied.remove(otherwise);
        for (Map.Entry<String, Set<String>> errno : denied.entrySet()) {
            rules.add(rule(
                    Rule.builder(Action.ERRNO).errnoRet(number(errno.getKey(), rationales.keySet())),
                    errno.getValue(),
                    "not allowed, answered with " + errno.getKey()));
        }
        return rules.build();
    }

    private void allow(List<Layer> layers) {
        TreeSet<String> allowed = new TreeSet<>();
        rationales.values().forEach(rationale -> allowed.addAll(rationale.observedNames()));
        unconditional(allowed, "observed");
        TreeMap<String, String> conditional = new TreeMap<>();
        for (String name : allowed) {
            conditional.put(name, "observed");
        }
        for (Layer layer : layers) {
            TreeSet<String> added = new TreeSet<>();
            rationales.values().forEach(rationale -> added.addAll(rationale.addedBy(layer.name())));
            ImmutableSortedSet<String> names = ImmutableSortedSet.copyOf(Sets.difference(added, allowed));
            unconditional(names, comment(layer, names));
            for (String name : names) {
                conditional.put(name, comment(layer, List.of(name)));
            }
            allowed.addAll(names);
        }
        for (Map.Entry<String, String> each : conditional.entrySet()) {
            alternatives(each.getKey(), each.getValue());
        }
    }

    private void unconditional(Collection<String> names, String comment) {
        Set<String> some = new TreeSet<>();
        for (String name : names) {
            if (!isConditional(name)) {
                some.add(name);
            }
        }
        if (!some.isEmpty()) {
            rules.add(rule(Rule.builder(Action.ALLOW), some, comment));
        }
    }

    private boolean isConditional(String name) {
        CallConditions known = conditions.get(name);
        return known != null && known.isConditional();
    }

    /** A rule for each alternative of a call with conditions; the first one says what opened them. */
    private void alternatives(String name, String why) {
        CallConditions known = conditions.get(name);
        if (known == null || !known.isConditional()) {
            return;
        }
        Optional<String> comment = Optional.of(why + "; " + OpeningWords.of(known));
        for (ImmutableList<Condition> all : known.alternatives()) {
            Rule.Builder rule =
                    Rule.builder(Action.ALLOW).name(name).conditions(all).scope(scope);
            if (comment.isPresent()) {
                rule.comment(comment.get());
            }
            rules.add(rule.build());
            comment = Optional.empty();
        }
    }

    /** Why a rule is there; what the user allows has a reason of its own for each call. */
    private static String comment(Layer layer, Collection<String> names) {
        String why = layer.name().equals(Overrides.LAYER)
                ? names.stream()
                        .map(name -> name + ": " + layer.reasons().get(name))
                        .collect(Collectors.joining("; "))
                : layer.purpose();
        return "layer " + layer.name() + ": " + why;
    }

    /**
     * How calls are denied that none of these allows. What the evidence shows of one ABI counts before what is usual on
     * another.
     */
    static TreeMap<String, Denial> denials(Collection<Rationale> rationales) {
        TreeMap<String, Denial> answers = new TreeMap<>();
        rationales.forEach(
                rationale -> rationale.denials().forEach((name, denial) -> answers.merge(name, denial, Denial::or)));
        rationales.forEach(
                rationale -> answers.keySet().removeAll(rationale.reasons().keySet()));
        return answers;
    }

    private Rule rule(Rule.Builder rule, Collection<String> names, String comment) {
        return rule.names(names).scope(scope).comment(comment).build();
    }

    /**
     * The number of an error on all of these ABIs.
     *
     * @throws RefusalException when they differ, or one has no such error
     */
    static int number(String errno, Collection<Arch> arches) {
        TreeMap<Integer, String> numbers = new TreeMap<>();
        for (Arch arch : arches) {
            OptionalInt number = Errno.number(errno, arch);
            if (number.isEmpty()) {
                throw RefusalException.of(
                        "no-profile", arch.label() + " has no error " + errno + "; name another with --errno");
            }
            numbers.merge(number.getAsInt(), arch.label(), (a, b) -> a + ", " + b);
        }
        if (numbers.size() > 1) {
            String each = numbers.entrySet().stream()
                    .map(entry -> entry.getKey() + " on " + entry.getValue())
                    .collect(Collectors.joining(" and "));
            throw RefusalException.of(
                    "no-profile",
                    errno + " is " + each + ", and a plain document has one number for all of its"
                            + " architectures; write one for each with --target");
        }
        return numbers.firstKey();
    }
}
