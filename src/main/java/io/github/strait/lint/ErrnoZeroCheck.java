package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.format.Draft;
import io.github.strait.profile.Action;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Error 0 is success. */
final class ErrnoZeroCheck implements Check {
    @Override
    public String id() {
        return "errno-zero";
    }

    @Override
    public String source() {
        return "read: seccomp(2), SECCOMP_RET_ERRNO";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        Draft draft = subject.draft();
        boolean takesErrno =
                draft.defaultAction().value().filter(Action::takesErrno).isPresent();
        if (takesErrno && draft.defaultErrnoRet().equals(OptionalLong.of(0))) {
            findings.add(
                    Severity.ERROR,
                    subject.defaultLine(),
                    "'defaultErrnoRet' 0 makes every denied call seem to succeed without having been made",
                    "write 1 (EPERM) or leave it out");
        }
        for (Site site : subject.sites()) {
            if (site.rule().errnoRet().equals(OptionalInt.of(0))) {
                findings.add(
                        Severity.WARNING,
                        site,
                        "'errnoRet' 0 makes " + Words.list(site.rule().names()) + " seem to succeed without being made",
                        "write the error that the program expects, unless the lie is meant");
            }
        }
    }
}
