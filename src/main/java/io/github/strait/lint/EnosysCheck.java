package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.syscall.Errno;
import io.github.strait.syscall.Fallback;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Callers of newer calls fall back on ENOSYS, and on no other error. */
final class EnosysCheck implements Check {
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
        for (Fallback fallback : Fallback.all()) {
            String name = fallback.syscall();
            boolean other = fallback.instead().stream().anyMatch(subject::mayPermitForStart);
            if (other && subject.exists(name) && !subject.mayPermit(name) && !answersEnosys(subject, name)) {
                findings.add(
                        fallback.isCommon() ? Severity.WARNING : Severity.NOTE,
                        subject.defaultLine(),
                        OptionalInt.empty(),
                        List.of(name),
                        "'" + name + "' is " + answer(subject, name) + ": " + fallback.failure(),
                        "allow it, or return " + subject.enosys() + ", so callers use "
                                + String.join(" or ", fallback.instead()));
            }
        }
    }

    /** A call also returns ENOSYS when its tracer is missing. A supervisor may return anything. */
    private static boolean answersEnosys(Subject subject, String name) {
        Decision denial = subject.denial(name).orElseThrow();
        return switch (denial.action()) {
            case TRACE, NOTIFY -> true;
            case ERRNO ->
                subject.architectures().stream()
                        .anyMatch(arch -> Errno.number("ENOSYS", arch).equals(OptionalInt.of(denial.errno())));
            default -> false;
        };
    }

    /** The filter's decision, or that of runc's stub where runc puts one in front of the filter. */
    private static String answer(Subject subject, String name) {
        String answer = answer(subject, subject.denial(name).orElseThrow());
        Optional<String> highest = subject.highestBelow(name);
        boolean hasStub = subject.start().calls().launches().stream()
                .anyMatch(launch -> launch.runtime().equals("runc"));
        if (highest.isEmpty() || !hasStub) {
            return answer;
        }
        return answer + " by the filter, as crun, Podman and strait run show it (runc puts ENOSYS before it as long as"
                + " nothing newer than '" + highest.get() + "' is named)";
    }

    private static String answer(Subject subject, Decision denial) {
        return denial.action() != Action.ERRNO
                ? "answered with a signal"
                : "answered with "
                        + Errno.name(denial.errno(), subject.architectures().first())
                                .orElse("error " + denial.errno());
    }
}
