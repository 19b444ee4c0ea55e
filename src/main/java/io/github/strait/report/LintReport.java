package io.github.strait.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.strait.diagnostic.Severity;
import io.github.strait.lint.Finding;
import java.io.IOException;
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
            json.writeStringField("libseccomp", libseccomp);
            json.writeObjectFieldStart("counts");
            for (Severity severity : Severity.values()) {
                json.writeNumberField(severity.label(), count(byFile.values(), severity));
            }
            json.writeEndObject();
            json.writeArrayFieldStart("files");
            for (Map.Entry<String, List<Finding>> file : byFile.entrySet()) {
                json.writeStartObject();
                json.writeStringField("file", file.getKey());
                json.writeArrayFieldStart("findings");
                for (Finding finding : file.getValue()) {
                    write(json, finding);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", finding.id());
        json.writeStringField("severity", finding.severity().label());
        if (finding.line() > 0) {
            json.writeNumberField("line", finding.line());
        }
        if (finding.rule().isPresent()) {
            json.writeNumberField("rule", finding.rule().getAsInt());
        }
        if (!finding.syscalls().isEmpty()) {
            json.writeArrayFieldStart("syscalls");
            for (String syscall : finding.syscalls()) {
                json.writeString(syscall);
            }
            json.writeEndArray();
        }
        json.writeStringField("explanation", finding.explanation());
        json.writeStringField("remediation", finding.remediation());
        json.writeStringField("source", finding.source());
        json.writeEndObject();
    }

    private static long count(Collection<List<Finding>> findings, Severity severity) {
        return findings.stream()
                .flatMap(List::stream)
                .filter(finding -> finding.severity() == severity)
                .count();
    }
}
