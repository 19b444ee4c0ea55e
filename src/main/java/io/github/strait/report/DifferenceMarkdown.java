package io.github.strait.report;

import io.github.strait.profile.Difference;
import io.github.strait.profile.Difference.ArgumentSet;
import io.github.strait.profile.Difference.Change;
import io.github.strait.profile.Difference.OfArch;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Map;

/** A difference as Markdown, for the comments of a code review. */
final class DifferenceMarkdown {
    private DifferenceMarkdown() {}

    /** A heading and a section for each group of architectures with the same difference. */
    static String of(DifferenceReport report) {
        Difference difference = report.difference();
        StringBuilder out =
                new StringBuilder("## Seccomp: " + code(report.first()) + " → " + code(report.second()) + "\n\n");
        if (difference.isEmpty()) {
            return out.append("Both allow the same.\n").toString();
        }
        for (Map.Entry<OfArch, List<Arch>> entry :
                DifferenceWords.groups(report).entrySet()) {
            OfArch of = entry.getKey();
            out.append("### ")
                    .append(escaped(DifferenceWords.labels(entry.getValue())))
                    .append(": ");
            out.append(DifferenceWords.counts(report, of, DifferenceMarkdown::code))
                    .append("\n\n");
            Arch arch = entry.getValue().get(0);
            List<String[]> answers = DifferenceWords.answers(report, arch, of);
            table(report, arch, "+", of.gained(), "allowed now", out);
            table(report, arch, "-", of.lost(), "denied now", out);
            for (String[] answer : answers) {
                String when = answer[2].isEmpty() ? "" : " " + escaped(answer[2]);
                out.append("- ").append(code(answer[0])).append(": ").append(escaped(answer[1]));
                out.append(when).append('\n');
            }
            out.append(answers.isEmpty() ? "" : "\n");
        }
        DifferenceWords.flags("+", difference.flagsGained(), out);
        DifferenceWords.flags("-", difference.flagsLost(), out);
        report.evidence().ifPresent(changes -> out.append(EvidenceChangesText.markdown(changes)));
        return out.toString();
    }

    private static void table(
            DifferenceReport report, Arch arch, String sign, List<Change> changes, String title, StringBuilder out) {
        if (changes.isEmpty()) {
            return;
        }
        out.append("| | ").append(title).append(" | risk | arguments | why it matters |\n|---|---|---|---|---|\n");
        for (Change change : changes) {
            out.append("| ").append(sign).append(" | ").append(code(change.syscall()));
            out.append(" | ").append(DifferenceWords.riskClass(change));
            out.append(" | ").append(escaped(arguments(report, arch, change)));
            out.append(" | ").append(escaped(DifferenceWords.reason(change))).append(" |\n");
        }
        out.append('\n');
    }

    private static String arguments(DifferenceReport report, Arch arch, Change change) {
        return change.when().equals(ArgumentSet.ALL)
                ? DifferenceWords.arguments(change.when())
                : DifferenceWords.arguments(report, arch, change);
    }

    static String code(String text) {
        return "`" + text.replace('`', '\'') + "`";
    }

    static String escaped(String text) {
        return text.replace("|", "\\|")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("_", "\\_")
                .replace("*", "\\*");
    }
}
