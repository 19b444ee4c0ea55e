package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.profile.Action;
import java.util.Optional;

/** SCMP_ACT_TRACE asks a tracer, and any will do. */
final class TraceCheck implements Check {
    @Override
    public String id() {
        return "trace-action";
    }

    @Override
    public String source() {
        return "measured: Docker 20.10, a call of a child that the container itself traces succeeds; read: seccomp(2)";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        String how = subject.mayPermit("ptrace") ? ", and ptrace is allowed" : "";
        Severity severity = how.isEmpty() ? Severity.WARNING : Severity.ERROR;
        String fix = "use " + subject.enosys() + ", which has the same effect without a tracer";
        if (subject.draft().defaultAction().value().equals(Optional.of(Action.TRACE))) {
            findings.add(
                    severity,
                    subject.defaultLine(),
                    "the default leaves calls to a tracer: without a tracer they fail with ENOSYS, but they are made when a"
                            + " process of the container traces their caller" + how,
                    fix);
        }
        for (Site site : subject.sites()) {
            if (site.rule().action() == Action.TRACE
                    && !subject.draft().defaultAction().value().equals(Optional.of(Action.TRACE))) {
                findings.add(
                        severity,
                        site,
                        site.rule().names(),
                        Wording.list(site.rule().names())
                                + Wording.verb(site.rule().names(), " is", " are")
                                + " left to a tracer: ENOSYS without a tracer, but made when a process of the container"
                                + " traces the caller" + how,
                        fix);
            }
        }
    }
}
