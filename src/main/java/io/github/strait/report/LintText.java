package io.github.strait.report;

import io.github.strait.diagnostic.Severity;
import io.github.strait.lint.Finding;
import java.util.ArrayList;
import java.util.List;

/** Findings as text. */
public final class LintText {
    private LintText() {}

    /** {@code FILE:LINE: warning: what; fix [id]} for each, and how it is known on a line of its own when asked for. */
    static String of(LintReport lint) {
        StringBuilder text = new StringBuilder();
        lint.byFile().forEach((file, findings) -> {
            for (Finding finding : findings) {
                text.append(finding.diagnostic(file)).append('\n');
                if (lint.withSources()) {
                    text.append("    ").append(finding.source()).append('\n');
                }
            }
        });
        return text.toString();
    }

    /** How many there are: {@code 1 error, 0 warnings, 3 notes}. */
    public static String counts(LintReport lint) {
        List<String> counts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            long count = lint.count(severity);
            counts.add(count + " " + severity.label() + (count == 1 ? "" : "s"));
        }
        return String.join(", ", counts) + "\n";
    }
}
