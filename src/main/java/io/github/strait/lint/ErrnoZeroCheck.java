package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.format.oci.Fault;
import java.util.OptionalInt;

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
        new DocumentCheck(Fault.Kind.ERRNO_ZERO).check(subject, findings);
        for (Site site : subject.sites()) {
            if (site.rule().errnoRet().equals(OptionalInt.of(0))) {
                findings.add(
                        Severity.WARNING,
                        site,
                        "'errnoRet' 0 makes " + Wording.list(site.rule().names())
                                + " seem to succeed without being made",
                        "write the error that the program expects, unless the lie is meant");
            }
        }
    }
}
