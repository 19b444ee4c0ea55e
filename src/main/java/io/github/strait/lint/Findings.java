package io.github.strait.lint;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;

/** Collects the findings of one check. */
final class Findings {
    /** Bounds the output for a hostile document. Docker's own profile has at most about sixty findings of one kind. */
    private static final int MOST = 200;

    private final String id;
    private final String source;
    private final List<Finding> findings = new ArrayList<>();
    private int more;

    Findings(Check check) {
        this.id = check.id();
        this.source = check.source();
    }

    /** A finding about the document as a whole, or one line of it. */
    void add(Severity severity, int line, String explanation, String remediation) {
        add(severity, line, OptionalInt.empty(), List.of(), explanation, remediation);
    }

    /** A finding about a rule. */
    void add(Severity severity, Site site, String explanation, String remediation) {
        add(severity, site.line(), OptionalInt.of(site.index()), List.of(), explanation, remediation);
    }

    /** A finding about one call that a rule names. */
    void add(Severity severity, Site site, String syscall, String explanation, String remediation) {
        add(severity, site.line(syscall), OptionalInt.of(site.index()), List.of(syscall), explanation, remediation);
    }

    /** A finding about some calls that a rule names. */
    void add(Severity severity, Site site, Collection<String> syscalls, String explanation, String remediation) {
        int line = syscalls.stream().mapToInt(site::line).min().orElseGet(site::line);
        add(severity, line, OptionalInt.of(site.index()), syscalls, explanation, remediation);
    }

    void add(
            Severity severity,
            int line,
            OptionalInt rule,
            Collection<String> syscalls,
            String explanation,
            String remediation) {
        if (isFull()) {
            more++;
            return;
        }
        findings.add(new Finding(
                id, severity, line, rule, ImmutableList.copyOf(syscalls), explanation, remediation, source));
    }

    /** Whether further findings are counted only. */
    boolean isFull() {
        return findings.size() == MOST;
    }

    /** All of them, and how many there are beyond the limit. */
    List<Finding> all() {
        if (more > 0) {
            Finding last = findings.get(MOST - 1);
            findings.add(new Finding(
                    id,
                    last.severity(),
                    0,
                    OptionalInt.empty(),
                    ImmutableList.of(),
                    more + " more findings of this kind not shown",
                    "fix the listed ones first",
                    source));
        }
        return findings;
    }
}
