package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.profile.Condition;

/** A caller may set bits of an argument that the kernel does not read and a filter does. */
final class HighBitsCheck implements Check {
    @Override
    public String id() {
        return "high-bits";
    }

    @Override
    public String source() {
        return "read: the kernel takes an int out of a 64-bit register; measured: a filter compares all 64 bits";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        for (Site site : subject.sites()) {
            for (Condition condition : site.rule().conditions()) {
                Narrowness.of(subject, site, condition, SlipSearch::through)
                        .forEach(narrow -> report(findings, site, condition, narrow));
            }
        }
    }

    private static void report(Findings findings, Site site, Condition condition, Narrowness narrow) {
        findings.add(
                site.permits() ? Severity.WARNING : Severity.ERROR,
                site,
                narrow.calls(),
                narrow.what(condition) + ": the profile denies " + narrow.slip().usualCall() + " and allows "
                        + narrow.slip().otherCall() + ", which is the same to the kernel",
                narrow.remedy(condition));
    }
}
