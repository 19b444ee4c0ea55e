package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;

/** Two conditions on one argument are alternatives. */
final class RepeatedIndexCheck implements Check {
    @Override
    public String id() {
        return "repeated-index";
    }

    @Override
    public String source() {
        return "measured: runc 1.1.5 and 1.3.6, crun 1.8.1 and 1.28; read: youki, gVisor";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        for (Site site : subject.sites()) {
            if (!site.rule().isSplit()) {
                continue;
            }
            if (isListOfValues(site)) {
                findings.add(
                        Severity.WARNING,
                        site,
                        site.rule().names(),
                        "several values for one argument in one rule: the runtime specification joins conditions by AND,"
                                + " which nothing would satisfy, and runtimes happen to join these by OR",
                        "write a rule for each value");
            } else {
                findings.add(
                        Severity.ERROR,
                        site,
                        site.rule().names(),
                        "two conditions on one argument: every condition of the rule then counts alone, as if they were"
                                + " joined by OR: a range from A to B matches everything",
                        "use one SCMP_CMP_MASKED_EQ, or a rule for each value");
            }
        }
    }

    private static boolean isListOfValues(Site site) {
        return site.rule().conditions().stream().allMatch(condition -> condition.operator() == Operator.EQ)
                && site.rule().conditions().stream()
                                .map(Condition::index)
                                .distinct()
                                .count()
                        == 1;
    }
}
