package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Severity;
import io.github.strait.json.JsonWriter;
import io.github.strait.lint.Finding;
import java.util.Map;

/** Findings for programs. The same findings give the same bytes. */
final class LintJson {
    static final String SCHEMA = "lint/1";

    private LintJson() {}

    /** The document, with a final newline. */
    static String of(LintReport lint) {
        return JsonText.of(SCHEMA, json -> {
            json.field("libseccomp", lint.libseccomp());
            json.object("counts");
            for (Severity severity : Severity.values()) {
                json.field(severity.label(), lint.count(severity));
            }
            json.end();
            json.array("files");
            for (Map.Entry<String, ImmutableList<Finding>> file : lint.byFile().entrySet()) {
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
            json.array("syscalls");
            for (String syscall : finding.syscalls()) {
                json.value(syscall);
            }
            json.end();
        }
        json.field("explanation", finding.explanation());
        json.field("remediation", finding.remediation());
        json.field("source", finding.source());
        json.end();
    }
}
