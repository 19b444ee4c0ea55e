package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A rule without conditions beats all others for its calls, and the first of several wins. */
final class ShadowedRuleCheck implements Check {
    @Override
    public String id() {
        return "shadowed-rule";
    }

    @Override
    public String source() {
        return "measured: runc 1.1.5 and 1.3.6, crun 1.8.1 and 1.28";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        Map<List<Site>, Set<String>> pairs = new LinkedHashMap<>();
        for (String name : subject.names()) {
            List<Site> rules = subject.rules(name);
            for (Site winner : rules) {
                if (winner.isUnconditional()) {
                    rules.stream()
                            .filter(other -> other != winner && loses(other, winner))
                            .forEach(other -> pairs.computeIfAbsent(List.of(other, winner), key -> new TreeSet<>())
                                    .add(name));
                }
            }
        }
        pairs.forEach((pair, names) -> report(findings, pair.get(0), pair.get(1), names));
    }

    private static boolean loses(Site other, Site winner) {
        boolean later = other.index() > winner.index();
        boolean differs = !other.rule().decision().equals(winner.rule().decision());
        boolean conditional = !other.isUnconditional();
        return other.meets(winner) && winner.isEverywhere() && (conditional || (later && differs));
    }

    private static void report(Findings findings, Site loser, Site winner, Set<String> names) {
        boolean opens = winner.permits() && !loser.permits();
        boolean same = winner.rule().decision().equals(loser.rule().decision());
        String what = loser.isUnconditional()
                ? "of several rules without conditions the first counts, and " + winner.label() + " comes first"
                : winner.label() + " names the same without conditions, and such a rule beats the others in any order";
        findings.add(
                opens ? Severity.ERROR : same ? Severity.NOTE : Severity.WARNING,
                loser,
                names,
                "the rule has no effect on " + Wording.list(names) + ": " + what
                        + (opens ? ": calls meant to be denied are allowed" : ""),
                opens || !same
                        ? "take " + Wording.verb(names, "it", "them") + " out of " + winner.label()
                        : "remove one of the two");
    }
}
