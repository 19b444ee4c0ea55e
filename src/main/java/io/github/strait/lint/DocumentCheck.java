package io.github.strait.lint;

import io.github.strait.diagnostic.Severity;
import io.github.strait.format.Fault;
import java.util.List;
import java.util.Locale;

/** Reports what the reader could not take as it is written; one instance a kind of fault, so that each has its id. */
record DocumentCheck(Fault.Kind kind) implements Check {
    @Override
    public String id() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String source() {
        return switch (kind) {
            case BAD_NUMBER, SINGULAR_NAME, UNKNOWN_ACTION, UNKNOWN_OPERATOR, UNKNOWN_ARCHITECTURE, UNKNOWN_FLAG ->
                RUNTIMES;
            case SYMBOLIC_ERRNO -> "read: containers-common pkg/seccomp";
            case BAD_SCOPE, UNKNOWN_MACHINE -> "read: moby profiles/seccomp";
            default -> "read: OCI runtime specification, config-linux.md";
        };
    }

    @Override
    public void check(Subject subject, Findings findings) {
        for (Fault fault : subject.draft().faults()) {
            if (fault.kind() == kind) {
                findings.add(severity(), fault.line(), fault.rule(), List.of(), fault.what(), fault.fix());
            }
        }
    }

    private Severity severity() {
        return switch (kind) {
            case UNKNOWN_KEY, UNKNOWN_MACHINE, SINGULAR_NAME, SYMBOLIC_ERRNO -> Severity.WARNING;
            default -> Severity.ERROR;
        };
    }
}
