package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.format.Draft.WrittenCondition;
import io.github.strait.format.Draft.WrittenRule;
import java.util.List;
import java.util.OptionalInt;

/** A call has six arguments. */
final class ArgumentIndexCheck implements Check {
    @Override
    public String id() {
        return "bad-index";
    }

    @Override
    public String source() {
        return "measured: runc 1.1.5 and crun 1.8.1 refuse index 6";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        for (WrittenRule rule : subject.draft().rules()) {
            for (WrittenCondition condition : rule.conditions()) {
                if (!condition.isIndexLegal()) {
                    findings.add(
                            Severity.ERROR,
                            condition.line(),
                            OptionalInt.of(rule.index()),
                            List.of(),
                            "'index' " + Long.toUnsignedString(condition.index())
                                    + ": arguments count from 0 to 5, and no container starts with another",
                            "write the index of the argument, the first of which is 0");
                }
            }
        }
    }
}
