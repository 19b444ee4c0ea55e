package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.format.oci.Draft.WrittenCondition;
import io.github.strait.format.oci.Draft.WrittenRule;
import java.util.List;
import java.util.OptionalInt;

/** valueTwo belongs to one operator. */
final class ValueTwoCheck implements Check {
    @Override
    public String id() {
        return "ignored-value-two";
    }

    @Override
    public String source() {
        return "read: libseccomp seccomp_rule_add(3)";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        for (WrittenRule rule : subject.draft().rules()) {
            for (WrittenCondition condition : rule.conditions()) {
                if (condition.valueTwo() != 0 && !condition.operator().takesValueTwo()) {
                    findings.add(
                            Severity.WARNING,
                            condition.line(),
                            OptionalInt.of(rule.index()),
                            List.of(),
                            "'valueTwo' means nothing to "
                                    + condition.operator().token() + " and is ignored",
                            "remove it, or write SCMP_CMP_MASKED_EQ with the mask as 'value'");
                }
            }
        }
    }
}
