package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.profile.Action;
import java.util.Optional;

/** A denylist allows every call that its author did not think of. */
final class DefaultAllowCheck implements Check {
    @Override
    public String id() {
        return "default-allow";
    }

    @Override
    public String source() {
        return "read: seccomp(2); the kernel adds calls with each release";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        Optional<Action> action = subject.draft().defaultAction().value();
        if (action.equals(Optional.of(Action.ALLOW))) {
            findings.add(
                    Severity.ERROR,
                    subject.defaultLine(),
                    "the default allows every call that no rule names, also those that later kernels add",
                    "deny by default with SCMP_ACT_ERRNO and list what may be called");
        } else if (action.equals(Optional.of(Action.LOG))) {
            findings.add(
                    Severity.WARNING,
                    subject.defaultLine(),
                    "the default logs what no rule names and lets it pass, which is for finding out, not for service",
                    "deny by default with SCMP_ACT_ERRNO when the list is complete");
        }
    }
}
