package io.github.strait.lint;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.Severity;
import io.github.strait.diagnostic.SourcePosition;
import java.util.Comparator;
import java.util.OptionalInt;

/**
 * A finding of a check.
 *
 * @param id the id of the check, which never changes
 * @param severity ERROR: no container starts, or more is allowed than was meant; WARNING: programs break, or what is
 *     allowed is risky; NOTE: style and facts
 * @param line the line of the document, from 1; 0 where it is not known
 * @param rule the index of the rule in {@code syscalls}
 * @param syscalls the calls concerned
 * @param explanation what is wrong, without a final stop
 * @param remediation what to do, in one clause
 * @param source how the rule that the check applies is known
 */
public record Finding(
        String id,
        Severity severity,
        int line,
        OptionalInt rule,
        ImmutableList<String> syscalls,
        String explanation,
        String remediation,
        String source)
        implements Comparable<Finding> {
    private static final Comparator<Finding> ORDER = Comparator.comparingInt(Finding::line)
            .thenComparing(Finding::severity)
            .thenComparing(Finding::id)
            .thenComparing(finding -> finding.rule().orElse(-1))
            .thenComparing(Finding::explanation);

    /** The order of the document; within a line the worst first. */
    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }

    /** Whether it is as bad as this, or worse. */
    public boolean isAtLeast(Severity threshold) {
        return severity.compareTo(threshold) <= 0;
    }

    /** {@code FILE:LINE: warning: what; fix [id]}. */
    public Diagnostic diagnostic(String file) {
        return new Diagnostic(severity, id, new SourcePosition(file, line), explanation + "; " + remediation);
    }
}
