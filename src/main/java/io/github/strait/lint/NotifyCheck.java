package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.profile.Action;
import java.util.Optional;

/** Somebody must listen, and not to everything. */
final class NotifyCheck implements Check {
    @Override
    public String id() {
        return "notify-listener";
    }

    @Override
    public String source() {
        return "measured: runc 1.1.5 and 1.3.6, crun 1.8.1; read: runc libcontainer/seccomp";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        Optional<Action> byDefault = subject.draft().defaultAction().value();
        if (byDefault.equals(Optional.of(Action.NOTIFY))) {
            findings.add(
                    Severity.ERROR,
                    subject.defaultLine(),
                    "SCMP_ACT_NOTIFY as the default stops the runtime itself, which runc and youki refuse",
                    "use SCMP_ACT_NOTIFY in a rule");
        }
        for (Site site : subject.sites()) {
            if (site.rule().action() != Action.NOTIFY) {
                continue;
            }
            if (!subject.draft().listener()) {
                findings.add(
                        Severity.ERROR,
                        site,
                        "SCMP_ACT_NOTIFY without a 'listenerPath': runc refuses it, and under crun the calls answer ENOSYS",
                        "give the listenerPath of the supervisor's socket");
            }
            if (site.rule().names().contains("write")) {
                findings.add(
                        Severity.ERROR,
                        site,
                        "write",
                        "SCMP_ACT_NOTIFY for write, with which the runtime hands the listener over: runc and youki refuse it",
                        "take write out of this rule");
            }
        }
    }
}
