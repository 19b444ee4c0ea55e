package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A call that is named twice. */
final class DuplicateNameCheck implements Check {
    @Override
    public String id() {
        return "duplicate-name";
    }

    @Override
    public String source() {
        return "measured: runc 1.1.5 and crun 1.8.1 accept it; other loaders refuse it";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        Map<Object, Site> unconditional = new HashMap<>();
        for (Site site : subject.sites()) {
            Set<String> twice = new LinkedHashSet<>();
            Set<String> once = new HashSet<>();
            site.written().names().forEach(name -> {
                if (!once.add(name.value())) {
                    twice.add(name.value());
                }
            });
            report(findings, site, twice, "in the rule");
            Map<Site, Set<String>> elsewhere = new LinkedHashMap<>();
            for (String name : site.rule().names()) {
                List<Object> key = List.of(
                        name,
                        site.rule().decision(),
                        site.rule().scope(),
                        site.rule().conditions());
                Site first = unconditional.putIfAbsent(key, site);
                if (first != null) {
                    elsewhere.computeIfAbsent(first, s -> new LinkedHashSet<>()).add(name);
                }
            }
            elsewhere.forEach((first, names) -> report(findings, site, names, "here and in " + first.label()));
        }
    }

    private static void report(Findings findings, Site site, Set<String> names, String where) {
        if (!names.isEmpty()) {
            findings.add(
                    Severity.NOTE,
                    site,
                    names,
                    Wording.list(names) + " " + Wording.verb(names, "is", "are") + " listed twice, " + where,
                    "keep one of each");
        }
    }
}
