package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.profile.Condition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Of rules that overlap, none is promised to win. */
final class OverlapCheck implements Check {
    @Override
    public String id() {
        return "order-dependent";
    }

    @Override
    public String source() {
        return "measured: runc 1.1.5 and crun 1.8.1 follow the argument tree of libseccomp";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        Map<List<Site>, Set<String>> pairs = new LinkedHashMap<>();
        for (String name : subject.names()) {
            List<Site> rules = subject.rules(name);
            boolean beaten = rules.stream().anyMatch(Site::isUnconditional);
            for (int i = 0; i < rules.size() && !beaten; i++) {
                for (Site second : rules.subList(i + 1, rules.size())) {
                    if (overlap(rules.get(i), second)) {
                        pairs.computeIfAbsent(List.of(rules.get(i), second), key -> new TreeSet<>())
                                .add(name);
                    }
                }
            }
        }
        pairs.forEach((pair, names) -> findings.add(
                Severity.WARNING,
                pair.get(1),
                names,
                "some arguments of " + Wording.list(names) + " match both this rule and "
                        + pair.get(0).label()
                        + ", which has another action; libseccomp does not promise which of them wins",
                "make the conditions exclude each other"));
    }

    private static boolean overlap(Site first, Site second) {
        return first.meets(second)
                && !first.rule().decision().equals(second.rule().decision())
                && alternatives(first).stream()
                        .anyMatch(a ->
                                alternatives(second).stream().anyMatch(b -> !a.equals(b) && Overlap.isPossible(a, b)));
    }

    /** The sets of conditions that are added to the filter one by one. */
    private static List<Set<Condition>> alternatives(Site site) {
        List<Condition> conditions = site.rule().conditions();
        return site.rule().isSplit() ? conditions.stream().map(Set::of).toList() : List.of(Set.copyOf(conditions));
    }
}
