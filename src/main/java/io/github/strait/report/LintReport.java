package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.strait.diagnostic.Severity;
import io.github.strait.lint.Finding;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The result of {@code lint}.
 *
 * @param libseccomp the version of the library that the profiles were judged for
 * @param byFile the findings of each file, in order
 * @param withSources whether a text says how each finding is known
 */
public record LintReport(String libseccomp, ImmutableMap<String, ImmutableList<Finding>> byFile, boolean withSources) {
    /** How many findings of that severity there are. */
    public long count(Severity severity) {
        return byFile.values().stream()
                .flatMap(ImmutableList::stream)
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    /** The same with the findings of another file. */
    public LintReport with(String file, ImmutableList<Finding> findings) {
        Map<String, ImmutableList<Finding>> more = new LinkedHashMap<>(byFile);
        more.put(file, findings);
        return new LintReport(libseccomp, ImmutableMap.copyOf(more), withSources);
    }

    /** Whether any finding is of this severity or worse. */
    public boolean isAtLeast(Severity severity) {
        return byFile.values().stream().flatMap(ImmutableList::stream).anyMatch(finding -> finding.isAtLeast(severity));
    }

    /** The same with the errors alone. */
    public LintReport errors() {
        ImmutableMap.Builder<String, ImmutableList<Finding>> errors = ImmutableMap.builder();
        byFile.forEach((file, findings) -> errors.put(
                file,
                findings.stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .collect(ImmutableList.toImmutableList())));
        return new LintReport(libseccomp, errors.buildOrThrow(), withSources);
    }
}
