package io.github.strait.lint;

import com.google.common.collect.ImmutableSet;
import io.github.strait.diagnostic.Severity;
import java.util.List;

/** Operations that are submitted through a ring bypass the filter. */
final class IoUringCheck implements Check {
    static final ImmutableSet<String> FAMILY = ImmutableSet.of("io_uring_setup", "io_uring_enter", "io_uring_register");

    @Override
    public String id() {
        return "io-uring";
    }

    @Override
    public String source() {
        return "read: io_uring(7); Docker denies the family since 2023";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        for (Site site : subject.sites()) {
            List<String> names =
                    site.rule().names().stream().filter(FAMILY::contains).toList();
            if (subject.deniesByDefault() && site.permits() && !names.isEmpty()) {
                findings.add(
                        Severity.WARNING,
                        site,
                        names,
                        Wording.list(names) + " " + Wording.verb(names, "is", "are")
                                + " allowed: files and sockets opened through a ring pass by the filter",
                        "answer " + subject.enosys() + ", for which programs have a fallback");
            }
        }
    }
}
