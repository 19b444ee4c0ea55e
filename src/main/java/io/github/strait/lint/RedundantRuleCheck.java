package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.profile.Decision;
import java.util.List;
import java.util.Optional;

/** A rule that says what the default says is skipped. */
final class RedundantRuleCheck implements Check {
    @Override
    public String id() {
        return "default-action-rule";
    }

    @Override
    public String source() {
        return "measured: runc 1.1.5 and 1.3.6, crun 1.8.1 skip such rules; before 1.0.2 runc refused them";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        Optional<Decision> byDefault = subject.draft().defaultDecision();
        for (Site site : subject.sites()) {
            if (byDefault.filter(site.rule().decision()::equals).isEmpty()) {
                continue;
            }
            List<String> overruled = site.permits()
                    ? List.of()
                    : site.rule().names().stream().filter(subject::mayPermit).toList();
            if (overruled.isEmpty()) {
                findings.add(
                        Severity.NOTE,
                        site,
                        "the rule says what the default says and is skipped; runc before 1.0.2 refused it",
                        "remove it, or give it another action or errnoRet if it is to count");
            } else {
                findings.add(
                        Severity.ERROR,
                        site,
                        overruled,
                        "the rule repeats the default and is skipped, so it does not deny " + Wording.list(overruled)
                                + ", which another rule allows",
                        "give it another errnoRet, or narrow the rule that allows");
            }
        }
    }
}
