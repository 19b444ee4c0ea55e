package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;

/** A profile that allows nothing starts nothing. */
final class EmptyAllowlistCheck implements Check {
    @Override
    public String id() {
        return "empty-allowlist";
    }

    @Override
    public String source() {
        return RUNTIMES;
    }

    @Override
    public void check(Subject subject, Findings findings) {
        if (subject.deniesByDefault() && subject.sites().stream().noneMatch(Site::permits)) {
            findings.add(
                    Severity.ERROR,
                    subject.defaultLine(),
                    "everything is denied and no rule allows a call: no program can run",
                    "add a rule with SCMP_ACT_ALLOW and the calls of the program");
        }
    }
}
