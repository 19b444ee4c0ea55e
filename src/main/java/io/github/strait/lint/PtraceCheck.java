package io.github.strait.lint;

import com.google.common.collect.ImmutableSet;
import io.github.strait.diagnostic.Severity;
import java.util.List;

/** Calls that reach into other processes. */
final class PtraceCheck implements Check {
    static final ImmutableSet<String> FAMILY =
            ImmutableSet.of("ptrace", "process_vm_readv", "process_vm_writev", "pidfd_getfd", "kcmp");

    @Override
    public String id() {
        return "ptrace";
    }

    @Override
    public String source() {
        return "read: ptrace(2), seccomp(2); Docker allows it from Linux 4.8 on";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        for (Site site : subject.sites()) {
            List<String> names =
                    site.rule().names().stream().filter(FAMILY::contains).toList();
            boolean granted = !site.rule().scope().includes().caps().isEmpty();
            if (subject.deniesByDefault() && site.permits() && !granted && !names.isEmpty()) {
                boolean old = names.contains("ptrace")
                        && site.rule().scope().includes().minKernel().isEmpty();
                findings.add(
                        Severity.WARNING,
                        site,
                        names,
                        Wording.list(names) + " " + Wording.verb(names, "is", "are")
                                + " allowed: a process reads or steers others of its user"
                                + (old ? ", and before Linux 4.8 a tracer gets around the filter" : ""),
                        "deny " + Wording.verb(names, "it", "them") + " where nothing is debugged");
            }
        }
    }
}
