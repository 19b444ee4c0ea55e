package io.github.strait.lint;

import io.github.strait.argument.Prototype;
import io.github.strait.diagnostic.Severity;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import java.util.List;

/** A negative int has two forms in a 64-bit register. */
final class SignExtensionCheck implements Check {
    private static final long LOW = 0xffffffffL;

    @Override
    public String id() {
        return "sign-extension";
    }

    @Override
    public String source() {
        return "measured: compilers pass AT_FDCWD as 0xffffff9c and as 0xffffffffffffff9c";
    }

    @Override
    public void check(Subject subject, Findings findings) {
        if (subject.architectures().stream().noneMatch(arch -> arch.pointerBits() == 64)) {
            return;
        }
        for (Site site : subject.sites()) {
            for (Condition condition : site.rule().conditions()) {
                List<String> names = site.rule().names().stream()
                        .filter(name -> isSigned(subject, name, condition.index()))
                        .filter(name -> !hasTwin(subject, name, condition))
                        .toList();
                if (site.permits() && isNegative(condition) && !names.isEmpty()) {
                    findings.add(
                            Severity.WARNING,
                            site,
                            names,
                            "'" + condition + "' is a negative int in one of its two forms; some callers of "
                                    + Wording.list(names) + " pass the other, and are denied",
                            "use SCMP_CMP_MASKED_EQ with value 4294967295 and valueTwo " + (condition.value() & LOW));
                }
            }
        }
    }

    private static boolean isSigned(Subject subject, String name, int index) {
        return subject.abis().stream()
                .anyMatch(abi -> Prototype.of(name, abi).signed().contains(index));
    }

    private static boolean isNegative(Condition condition) {
        long value = condition.value();
        return condition.operator() == Operator.EQ && (int) value < 0 && (value >>> 32 == 0 || value >> 31 == -1);
    }

    /** Whether another rule has the other form. */
    private static boolean hasTwin(Subject subject, String name, Condition condition) {
        return subject.rules(name).stream()
                .flatMap(site -> site.rule().conditions().stream())
                .anyMatch(other -> other.index() == condition.index()
                        && other.value() != condition.value()
                        && (other.value() & LOW) == (condition.value() & LOW));
    }
}
