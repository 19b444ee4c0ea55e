package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.format.Draft.WrittenRule;
import io.github.strait.profile.Condition;
import java.util.List;
import java.util.OptionalInt;

/** A rule has six conditions. */
final class TooManyConditionsCheck implements Check {
    @Override
    public String id() {
        return "too-many-conditions";
    }

    @Override
    public String source() {
        return "measured: crun 1.8.1 drops conditions beyond the sixth";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        for (WrittenRule rule : subject.draft().rules()) {
            if (rule.conditions().size() > Condition.ARGUMENTS) {
                findings.add(
                        Severity.ERROR,
                        rule.line(),
                        OptionalInt.of(rule.index()),
                        List.of(),
                        rule.conditions().size() + " conditions in one rule, of which crun drops those beyond "
                                + Condition.ARGUMENTS + " without a word",
                        "write a rule for each alternative");
            }
        }
    }
}
