package io.github.strait.lint;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Severity;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.syscall.Errno;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Callers of newer calls go another way when the answer is ENOSYS, and only then. */
final class EnosysCheck implements Check {
    private static final ImmutableList<List<String>> FALLBACKS = Table.read("fallbacks.tsv");

    @Override
    public String id() {
        return "needs-enosys";
    }

    @Override
    public String source() {
        return "measured: glibc 2.36 and musl 1.2.3, one denied call at a time; read: their sources";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        if (!subject.deniesByDefault()) {
            return;
        }
        for (List<String> row : FALLBACKS) {
            String name = row.get(0);
            boolean other = Splitter.on(' ').splitToStream(row.get(1)).anyMatch(subject::mayPermit);
            if (other && subject.exists(name) && !subject.mayPermit(name) && !answersEnosys(subject, name)) {
                findings.add(
                        row.get(3).equals("note") ? Severity.NOTE : Severity.WARNING,
                        subject.defaultLine(),
                        OptionalInt.empty(),
                        List.of(name),
                        "'" + name + "' is " + answer(subject, name) + ": " + row.get(2),
                        "allow it, or answer " + subject.enosys() + ", so that callers use "
                                + row.get(1).replace(" ", " or "));
            }
        }
    }

    private static boolean answersEnosys(Subject subject, String name) {
        Optional<Decision> denial = subject.denial(name).filter(decision -> decision.action() == Action.ERRNO);
        return denial.isPresent()
                && subject.architectures().stream()
                        .anyMatch(arch -> Errno.number("ENOSYS", arch)
                                .equals(OptionalInt.of(denial.get().errno())));
    }

    private static String answer(Subject subject, String name) {
        Optional<Decision> denial = subject.denial(name).filter(decision -> decision.action() == Action.ERRNO);
        return denial.map(decision -> "answered with "
                        + Errno.name(decision.errno(), subject.architectures().first())
                                .orElse("error " + decision.errno()))
                .orElse("answered with a signal");
    }
}
