package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.format.Draft.WrittenRule;
import java.util.List;
import java.util.OptionalInt;

/** A rule without names does nothing. */
final class EmptyRuleCheck implements Check {
    @Override
    public String id() {
        return "empty-rule";
    }

    @Override
    public String source() {
        return RUNTIMES;
    }

    @Override
    public void check(Subject subject, Findings findings) {
        for (WrittenRule rule : subject.draft().rules()) {
            if (rule.names().isEmpty()) {
                findings.add(
                        Severity.WARNING,
                        rule.line(),
                        OptionalInt.of(rule.index()),
                        List.of(),
                        "the rule has no 'names' and does nothing",
                        "name the calls that it is for, or remove it");
            }
        }
    }
}
