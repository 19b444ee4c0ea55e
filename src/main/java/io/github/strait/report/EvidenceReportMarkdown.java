package io.github.strait.report;

import io.github.strait.verify.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A report as Markdown, for a pull request: what a reviewer looks at first, and the rest folded. */
final class EvidenceReportMarkdown {
    /** Comments have a limit; a reviewer reads fewer. */
    private static final int ROWS = 150;

    private final StringBuilder out = new StringBuilder();

    private EvidenceReportMarkdown() {}

    /** The text, with a final newline. */
    static String of(EvidenceReport report) {
        EvidenceReportMarkdown markdown = new EvidenceReportMarkdown();
        markdown.write(report);
        return markdown.out.toString();
    }

    private void write(EvidenceReport report) {
        line("## " + escaped(ReportPage.title(report)) + "\n");
        report.summary()
                .architectures()
                .forEach((arch, allowed) -> line("- **" + allowed.total() + " calls** allowed on "
                        + arch.label() + ": " + allowed.observed() + " observed, " + allowed.layered()
                        + " from layers (Docker's default allows " + allowed.dockerDefault() + ")"));
        EvidenceCounts evidence = report.summary().evidence();
        line("- " + evidence.runs() + (evidence.runs() == 1 ? " run, " : " runs, ")
                + evidence.lines().total()
                + " lines, " + Columns.times(evidence.lines().calls()) + ", "
                + evidence.lines().unparsed()
                + " lines not understood");
        line("- " + ReportPageEvidence.rate(report) + "\n");
        risks(report);
        report.given().ifPresent(given -> verdicts("The profile " + code(ReportedCall.text(given.file())), given));
        report.against().ifPresent(against -> verdicts("Gaps in other evidence", against.report()));
        imports(report.explanation().imports());
        calls(report);
        denied(report);
    }

    private void imports(UnseenImports imports) {
        imports.architectures().forEach((arch, purposes) -> {
            line("### Imported, and no run shows it, on " + arch.label() + "\n");
            purposes.forEach(purpose -> line("- " + escaped(purpose.name()) + ": "
                    + purpose.calls().stream().map(call -> code(call.name())).collect(Collectors.joining(" "))));
            line("");
        });
    }

    private void risks(EvidenceReport report) {
        report.risks().forEach((arch, risks) -> {
            line("| risk on " + arch.label() + " | this profile | Docker's default |\n|---|--:|--:|");
            risks.classes()
                    .forEach((risk, count) -> line("| " + risk.label() + " | "
                            + count.allowed().size() + " | " + count.dockerDefault() + " |"));
            line("| all calls | " + risks.total().allowed().size() + " | "
                    + risks.total().dockerDefault() + " |\n");
        });
        List<ReportedCall> risky = ReportedCall.allowed(report.explanation()).stream()
                .filter(ReportedCall::isRisky)
                .toList();
        if (!risky.isEmpty()) {
            line("### Allowed and risky\n");
            risky.stream()
                    .limit(ROWS)
                    .forEach(call ->
                            line("- " + code(call.name()) + " on " + call.arch().label() + " ("
                                    + call.risk().orElseThrow().riskClass().label()
                                    + (call.isDeniedByDocker() ? ", Docker's default denies it" : "") + "): "
                                    + escaped(call.risk().orElseThrow().reason())
                                    + (call.first().isEmpty() ? "" : "; first at " + code(call.first()))));
            line("");
        }
    }

    private void verdicts(String heading, VerificationReport report) {
        line("### " + heading + "\n");
        report.obstacles().forEach(obstacle -> line("- " + escaped(obstacle.what() + "; " + obstacle.remedy())));
        List<Verdict> gaps = report.verification().verdicts(Verdict.Kind.GAP);
        List<Verdict> undecided = report.verification().verdicts(Verdict.Kind.UNDECIDED);
        line(gaps.size() + (gaps.size() == 1 ? " gap, " : " gaps, ") + undecided.size() + " undecided\n");
        List<Verdict> all = new ArrayList<>(gaps);
        all.addAll(undecided);
        all.stream()
                .limit(ROWS)
                .forEach(verdict -> line("- " + code(ReportedCall.text(VerdictText.call(verdict))) + " "
                        + escaped(VerdictText.answers(verdict)) + "; " + escaped(VerdictText.calls(verdict))
                        + ", first at " + code(ReportedCall.at(verdict.first().toString()))));
        line(all.isEmpty() ? "" : "\n");
    }

    private void calls(EvidenceReport report) {
        List<ReportedCall> allowed = ReportedCall.allowed(report.explanation());
        line("<details><summary>All " + allowed.size() + " allowed calls</summary>\n");
        line("| call | ABI | risk | why | calls | first seen |\n|---|---|---|---|--:|---|");
        allowed.stream()
                .limit(ROWS)
                .forEach(call -> line("| " + code(call.name()) + " | "
                        + call.arch().label() + " | "
                        + call.risk().map(risk -> risk.riskClass().label()).orElse("") + " | " + escaped(call.why())
                        + " | " + (call.seen().isPresent() ? call.count() : "") + " | "
                        + (call.first().isEmpty() ? "" : code(call.first())) + " |"));
        line(allowed.size() > ROWS ? "\nAnd " + (allowed.size() - ROWS) + " more.\n" : "");
        line("</details>\n");
    }

    private void denied(EvidenceReport report) {
        List<ReportedCall> denied = ReportedCall.denied(report.explanation());
        if (!denied.isEmpty()) {
            line("### Seen and not allowed\n");
            denied.stream()
                    .limit(ROWS)
                    .forEach(call ->
                            line("- " + code(call.name()) + " on " + call.arch().label() + ": "
                                    + escaped(call.why()) + "; " + Columns.times(call.count()) + ", first at "
                                    + code(call.first())));
            line("");
        }
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    /** In a table a bar ends the cell even inside of code. */
    private static String code(String text) {
        return "`" + text.replace('`', '\'').replace("|", "\\|") + "`";
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '|', '*', '_', '`', '[', ']', '\\', '#', '~', '@', '!' ->
                    escaped.append('\\').append(c);
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
