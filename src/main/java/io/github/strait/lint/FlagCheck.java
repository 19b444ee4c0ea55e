package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.format.Located;
import io.github.strait.profile.Flag;

/** Runtimes learnt flags late. */
final class FlagCheck implements Check {
    @Override
    public String id() {
        return "runc-flags";
    }

    @Override
    public String source() {
        return "measured: runc 1.1.5 and 1.3.6; read: runc libcontainer/seccomp";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        for (Located<Flag> flag : subject.draft().flags()) {
            String since = flag.value() == Flag.WAIT_KILLABLE_RECV ? "1.5.0" : "1.2";
            findings.add(
                    Severity.WARNING,
                    flag.line(),
                    flag.value().token() + " is refused by runc before " + since + " (Debian 12 has 1.1.5)",
                    "remove it unless all your runtimes are newer");
        }
    }
}
