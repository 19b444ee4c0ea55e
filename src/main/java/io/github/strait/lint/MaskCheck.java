package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.format.oci.Draft.WrittenCondition;
import io.github.strait.format.oci.Draft.WrittenRule;
import io.github.strait.profile.Operator;
import java.util.List;
import java.util.OptionalInt;

/** The mask of SCMP_CMP_MASKED_EQ stands in value, what it gives in valueTwo. */
final class MaskCheck implements Check {
    @Override
    public String id() {
        return "mask";
    }

    @Override
    public String source() {
        return "measured: libseccomp 2.5.4 and 2.6.1";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        for (WrittenRule rule : subject.draft().rules()) {
            for (WrittenCondition condition : rule.conditions()) {
                if (condition.operator() == Operator.MASKED_EQ) {
                    masked(rule, condition, findings);
                }
            }
        }
    }

    private static void masked(WrittenRule rule, WrittenCondition condition, Findings findings) {
        if (condition.value() == 0) {
            findings.add(
                    Severity.ERROR,
                    condition.line(),
                    OptionalInt.of(rule.index()),
                    List.of(),
                    "SCMP_CMP_MASKED_EQ with the mask 0 in 'value' looks at no bit and matches every argument",
                    "write the mask as 'value' and what it must give as 'valueTwo'");
        } else if ((condition.valueTwo() & ~condition.value()) != 0) {
            findings.add(
                    Severity.WARNING,
                    condition.line(),
                    OptionalInt.of(rule.index()),
                    List.of(),
                    "'valueTwo' has bits that the mask in 'value' leaves out, and that are ignored",
                    "write the mask as 'value' and what it must give as 'valueTwo'");
        }
    }
}
