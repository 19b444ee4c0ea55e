package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.start.Startability;
import io.github.strait.syscall.Risk;
import io.github.strait.syscall.RiskClass;
import io.github.strait.syscall.SyscallTable;
import java.util.function.Predicate;

/** Calls with a history of escapes, or that reach beyond the container. */
final class RiskCheck implements Check {
    /** The calls that other checks report in more detail. */
    private static final Predicate<String> ELSEWHERE = name -> IoUringCheck.FAMILY.contains(name)
            || PtraceCheck.FAMILY.contains(name)
            || NamespaceCheck.CALLS.contains(name);

    @Override
    public String id() {
        return "risky-call";
    }

    @Override
    public String source() {
        return "judged: the risk table of strait syscalls; read: capabilities(7)";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        if (!subject.deniesByDefault()) {
            return;
        }
        for (Site site : subject.sites()) {
            boolean granted = !site.rule().scope().includes().caps().isEmpty();
            if (!site.permits() || granted) {
                continue;
            }
            for (String name : site.rule().names()) {
                Risk.of(name)
                        .filter(risk -> risk.riskClass().compareTo(RiskClass.HIGH) <= 0)
                        .filter(risk -> !ELSEWHERE.test(name) && subject.exists(name))
                        .filter(risk -> site.rule().scope().includes().arches().isEmpty() || isOnUsualMachines(name))
                        .ifPresent(risk -> findings.add(
                                severity(site, risk),
                                site,
                                name,
                                "'" + name + "' is allowed (" + risk.riskClass().label() + "): " + risk.reason(),
                                risk.capability()
                                        .map(cap -> "deny it, or see that the container lacks " + cap)
                                        .orElse("deny it unless the program needs it")));
            }
        }
    }

    /** Calls of one architecture alone, in a rule for it, are why the rule is there. */
    private static boolean isOnUsualMachines(String name) {
        return Startability.USUAL.stream()
                .anyMatch(arch -> SyscallTable.of(arch).contains(name));
    }

    private static Severity severity(Site site, Risk risk) {
        return risk.riskClass() == RiskClass.CRITICAL && site.isUnconditional() ? Severity.WARNING : Severity.NOTE;
    }
}
