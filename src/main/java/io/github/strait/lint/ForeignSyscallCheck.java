package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.syscall.Syscalls;
import java.util.List;

/** A name of another architecture does nothing. */
final class ForeignSyscallCheck implements Check {
    @Override
    public String id() {
        return "foreign-syscall";
    }

    @Override
    public String source() {
        return "measured: runc 1.1.5 and 1.3.6, crun 1.8.1 and 1.28 ignore names of other architectures";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        if (subject.machines().isEmpty()) {
            return;
        }
        for (Site site : subject.sites()) {
            List<String> foreign = site.rule().names().stream()
                    .filter(name -> !Syscalls.architectures(name).isEmpty() && !subject.exists(name))
                    .filter(name -> !site.isForMachineOf(name))
                    .toList();
            if (!foreign.isEmpty()) {
                findings.add(
                        Severity.NOTE,
                        site,
                        foreign,
                        Wording.list(foreign) + " " + Wording.verb(foreign, "exists", "exist")
                                + " on other architectures than those listed: "
                                + Wording.verb(foreign, "it does", "they do")
                                + " nothing on these, but " + Wording.verb(foreign, "counts", "count")
                                + " on a machine that has "
                                + Wording.verb(foreign, "it", "them")
                                + ", whose own calls runtimes filter whatever is listed",
                        "remove " + Wording.verb(foreign, "it", "them") + ", or list the architecture that is meant");
            }
        }
    }
}
