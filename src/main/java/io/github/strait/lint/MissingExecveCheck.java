package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import java.util.Optional;

/** The filter is in place before the program is. */
final class MissingExecveCheck implements Check {
    @Override
    public String id() {
        return "missing-execve";
    }

    @Override
    public String source() {
        return "measured: runc 1.1.5 and 1.3.6, crun 1.8.1 and 1.28, bubblewrap 0.8";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        if (subject.draft().defaultAction().value().isEmpty() || subject.mayPermit("execve")) {
            return;
        }
        String what = "execve is denied, with which the runtime starts the program when the filter is in place already";
        Optional<Site> denial = subject.rules("execve").stream().findFirst();
        if (denial.isPresent()) {
            findings.add(Severity.ERROR, denial.get(), "execve", what, "take execve out of this rule");
        } else {
            findings.add(Severity.ERROR, subject.defaultLine(), what, "allow execve");
        }
    }
}
