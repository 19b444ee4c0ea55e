package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.profile.Action;
import java.util.Optional;

/** A thread that is killed alone leaves its program hanging. */
final class KillThreadCheck implements Check {
    @Override
    public String id() {
        return "kill-thread";
    }

    @Override
    public String source() {
        return "read: seccomp(2)";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        if (subject.draft().defaultAction().value().equals(Optional.of(Action.KILL_THREAD))) {
            findings.add(
                    Severity.NOTE,
                    subject.defaultLine(),
                    "the default kills one thread and leaves the others, which often wait for it for ever",
                    "use SCMP_ACT_KILL_PROCESS, or SCMP_ACT_ERRNO so that programs can say what failed");
        }
    }
}
