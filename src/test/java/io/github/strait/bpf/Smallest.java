package io.github.strait.bpf;

import io.github.strait.profile.Condition;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes a profile with a fault as small as it gets: without a rule, without a condition, with a simpler value, for as long
 * as one such step leaves a fault.
 */
final class Smallest {
    /** From simple to less so: the halves of 64 bits, and around their border. */
    private static final long[] VALUES = {1, 1L << 32, (1L << 32) + 1};

    private Smallest() {}

    /** A check that may fail as reading and writing do. */
    interface Fault {
        boolean in(Profile profile) throws Exception;
    }

    /** What no single step makes smaller. */
    static Profile of(Profile profile, Fault fault) throws Exception {
        Profile smallest = profile;
        Optional<Profile> next = Optional.of(profile);
        while (next.isPresent()) {
            smallest = next.get();
            next = Optional.empty();
            for (Profile step : steps(smallest).toList()) {
                if (fault.in(step)) {
                    next = Optional.of(step);
                    break;
                }
            }
        }
        return smallest;
    }

    private static Stream<Profile> steps(Profile profile) {
        List<Profile> steps = new ArrayList<>();
        List<Rule> rules = profile.rules();
        for (int i = 0; i < rules.size(); i++) {
            steps.add(with(profile, i, List.of()));
        }
        for (int i = 0; i < rules.size(); i++) {
            for (List<Condition> simpler : simpler(rules.get(i).conditions())) {
                steps.add(with(profile, i, simpler));
            }
        }
        steps.add(tidy(profile));
        return steps.stream().filter(step -> !step.equals(profile));
    }

    /** The profile with other conditions for one of its rules, or without the rule when there are none. */
    private static Profile with(Profile profile, int index, List<Condition> conditions) {
        Profile.Builder other = Profile.builder(profile.defaultAction()).architectures(profile.architectures());
        for (int i = 0; i < profile.rules().size(); i++) {
            Rule rule = profile.rules().get(i);
            if (i != index) {
                other.rule(rule);
            } else if (!conditions.isEmpty()) {
                other.rule(Rule.builder(rule.action())
                        .names(rule.names())
                        .conditions(conditions)
                        .build());
            }
        }
        return other.build();
    }

    /** The first condition on argument 0, and the conditions of a rule in the order of the arguments. */
    private static Profile tidy(Profile profile) {
        List<Condition> conditions = new ArrayList<>();
        profile.rules().forEach(rule -> conditions.addAll(rule.conditions()));
        int first = conditions.isEmpty() ? 0 : conditions.get(0).index();
        Profile tidy = profile;
        for (int i = 0; i < profile.rules().size(); i++) {
            List<Condition> renamed = profile.rules().get(i).conditions().stream()
                    .map(condition -> Condition.of(
                            condition.index() == first ? 0 : condition.index() == 0 ? first : condition.index(),
                            condition.operator(),
                            condition.value()))
                    .sorted(Comparator.comparing(Condition::index))
                    .toList();
            tidy = with(tidy, i, renamed);
        }
        return tidy;
    }

    private static List<List<Condition>> simpler(List<Condition> conditions) {
        List<List<Condition>> simpler = new ArrayList<>();
        for (int i = 0; conditions.size() > 1 && i < conditions.size(); i++) {
            List<Condition> fewer = new ArrayList<>(conditions);
            fewer.remove(i);
            simpler.add(fewer);
        }
        for (int i = 0; i < conditions.size(); i++) {
            Condition condition = conditions.get(i);
            int rank = rank(condition.value());
            for (int value = 0; value < rank; value++) {
                List<Condition> other = new ArrayList<>(conditions);
                other.set(i, Condition.of(condition.index(), condition.operator(), VALUES[value]));
                simpler.add(other);
            }
        }
        return simpler;
    }

    private static int rank(long value) {
        for (int rank = 0; rank < VALUES.length; rank++) {
            if (VALUES[rank] == value) {
                return rank;
            }
        }
        return VALUES.length;
    }
}
