package io.github.strait.report;

import io.github.strait.diagnostic.Severity;
import io.github.strait.json.JsonWriter;
import io.github.strait.lint.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Findings as text, one a line, and as JSON. */
public final class LintReport {
    static final String SCHEMA = "lint/1";

    private LintReport() {}

    /** {@code FILE:LINE: warning: what; fix [id]}, and how it is known on a line of its own when asked for. */
    public static String text(String file, List<Finding> findings, Predicate<Finding> wanted, boolean withSources) {
        StringBuilder text = new StringBuilder();
        findings.stream().filter(wanted).forEach(finding -> {
            text.append(finding.diagnostic(file)).append('\n');
            if (withSources) {
                text.append("    ").append(finding.source()).append('\n');
            }
        });
        return text.toString();
    }

    /** How many there are: {@code 1 error, 0 warnings, 3 notes}. */
    public static String summary(Collection<List<Finding>> findings) {
        List<String> counts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            long count = count(findings, severity);
            counts.add(count + " " + severity.label() + (count == 1 ? "" : "s"));
        }
        return String.join(", ", counts) + "\n";
    }

    /** The findings of each file, in order; the same findings give the same bytes. */
    public static String json(String libseccomp, Map<String, List<Finding>> byFile) {
        return JsonText.of(SCHEMA, json -> {
            json.field("libseccomp", libseccomp);
            json.object("counts");
            for (Severity severity : Severity.values()) {
                json.field(severity.label(), count(byFile.values(), severity));
            }
            json.end();
            json.array("files");
            for (Map.Entry<String, List<Finding>> file : byFile.entrySet()) {
                json.object();
                json.field("file", file.getKey());
                json.array("findings");
                for (Finding finding : file.getValue()) {
                    write(json, finding);
                }
                json.end();
                json.end();
            }
            json.end();
        });
    }

    private static void write(JsonWriter json, Finding finding) {
        json.object();
        json.field("id", finding.id());
        json.field("severity", finding.severity().label());
        if (finding.line() > 0) {
            json.field("line", finding.line());
        }
        if (finding.rule().isPresent()) {
            json.field("rule", finding.rule().getAsInt());
        }
        if (!finding.syscalls().isEmpty()) {
            json.field("syscalls", finding.syscalls());
        }
        json.field("explanation", finding.explanation());
        json.field("remediation", finding.remediation());
        json.field("source", finding.source());
        json.end();
    }

    private static long count(Collection<List<Finding>> findings, Severity severity) {
        return findings.stream()
                .flatMap(List::stream)
                .filter(finding -> finding.severity() == severity)
                .count();
    }
}
