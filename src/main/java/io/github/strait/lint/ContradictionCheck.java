package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.profile.Condition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Equal conditions with different actions cannot be loaded. */
final class ContradictionCheck implements Check {
    @Override
    public String id() {
        return "contradicting-conditions";
    }

    @Override
    public String source() {
        return "measured: runc 1.1.5 and 1.3.6, crun 1.8.1 and 1.28 (EEXIST)";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        Map<List<Site>, Set<String>> pairs = new LinkedHashMap<>();
        for (String name : subject.names()) {
            List<Site> rules = subject.rules(name).stream()
                    .filter(site -> !site.isUnconditional())
                    .toList();
            boolean beaten = subject.rules(name).stream().anyMatch(Site::isUnconditional);
            for (int i = 0; i < rules.size() && !beaten; i++) {
                for (Site second : rules.subList(i + 1, rules.size())) {
                    if (contradict(rules.get(i), second)) {
                        pairs.computeIfAbsent(List.of(rules.get(i), second), key -> new TreeSet<>())
                                .add(name);
                    }
                }
            }
        }
        pairs.forEach((pair, names) -> findings.add(
                Severity.ERROR,
                pair.get(1),
                names,
                "the conditions of " + pair.get(0).label() + " on " + Words.list(names)
                        + " with another action: no container starts",
                "keep one of the two rules"));
    }

    private static boolean contradict(Site first, Site second) {
        return first.meets(second)
                && !first.rule().decision().equals(second.rule().decision())
                && alternatives(first).stream().anyMatch(alternatives(second)::contains);
    }

    /** The sets of conditions that are added to the filter one by one. */
    static List<Set<Condition>> alternatives(Site site) {
        List<Condition> conditions = site.rule().conditions();
        return site.rule().isSplit() ? conditions.stream().map(Set::of).toList() : List.of(Set.copyOf(conditions));
    }
}
