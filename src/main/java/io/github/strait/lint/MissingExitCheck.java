package io.github.strait.lint;

import com.google.common.collect.ImmutableMap;
import io.github.strait.diagnostic.Severity;
import java.util.List;
import java.util.OptionalInt;

/** Some calls are made by every program and seen in few traces. */
final class MissingExitCheck implements Check {
    private static final ImmutableMap<String, String> NEEDED = ImmutableMap.of(
            "exit_group", "every program ends with it, and crashes or hangs without",
            "exit", "every thread ends with it, and crashes or hangs without",
            "rt_sigreturn", "signal handlers return with it, and the first signal kills a program without",
            "restart_syscall", "the kernel has a task call it when it goes on after a stop");

    @Override
    public String id() {
        return "missing-exit";
    }

    @Override
    public String source() {
        return "read: exit_group(2), sigreturn(2), restart_syscall(2)";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        if (subject.draft().defaultAction().value().isEmpty()) {
            return;
        }
        NEEDED.forEach((name, why) -> {
            if (!subject.mayPermit(name)) {
                findings.add(
                        name.equals("restart_syscall") ? Severity.NOTE : Severity.WARNING,
                        subject.rules(name).stream()
                                .findFirst()
                                .map(site -> site.line(name))
                                .orElseGet(subject::defaultLine),
                        OptionalInt.empty(),
                        List.of(name),
                        "'" + name + "' is denied: " + why,
                        "allow it; no trace need show it");
            }
        });
    }
}
