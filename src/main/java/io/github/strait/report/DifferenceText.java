package io.github.strait.report;

import io.github.strait.profile.Difference;
import io.github.strait.profile.Difference.ArgumentSet;
import io.github.strait.profile.Difference.Change;
import io.github.strait.profile.Difference.OfArch;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A difference as text. The riskiest calls come first, each with the reason. */
final class DifferenceText {
    private DifferenceText() {}

    /**
     * The calls that only the second side allows, and those that only the first one does; empty when the sides are
     * equal.
     */
    static String of(DifferenceReport report) {
        Difference difference = report.difference();
        if (difference.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder("--- " + report.first() + "\n+++ " + report.second() + "\n");
        for (Map.Entry<OfArch, List<Arch>> entry :
                DifferenceWords.groups(report).entrySet()) {
            OfArch of = entry.getKey();
            out.append(DifferenceWords.labels(entry.getValue()))
                    .append(": ")
                    .append(DifferenceWords.counts(report, of, UnaryOperator.identity()))
                    .append('\n');
            Arch arch = entry.getValue().get(0);
            out.append(lines(report, arch, "+", of.gained())).append(lines(report, arch, "-", of.lost()));
            for (String[] answer : DifferenceWords.answers(report, arch, of)) {
                out.append("  ! ").append(answer[0]).append(": ").append(answer[1]);
                out.append(answer[2].isEmpty() ? "" : " " + answer[2]).append('\n');
            }
        }
        DifferenceWords.flags("+", difference.flagsGained(), out);
        DifferenceWords.flags("-", difference.flagsLost(), out);
        report.evidence().ifPresent(changes -> out.append(EvidenceChangesText.of(changes, report.hasConditions())));
        return out.toString();
    }

    /** A line for each call that there is something to say about, and one for all the others. */
    private static String lines(DifferenceReport report, Arch arch, String sign, List<Change> changes) {
        Columns columns = new Columns();
        List<String> plain = new ArrayList<>();
        boolean some = false;
        for (Change change : changes) {
            if (change.risk().isEmpty() && change.when().equals(ArgumentSet.ALL)) {
                plain.add(change.syscall());
            } else {
                some = true;
                String with = change.when().equals(ArgumentSet.ALL)
                        ? ""
                        : DifferenceWords.arguments(report, arch, change) + ": ";
                columns.row(
                        sign + " " + change.syscall(),
                        DifferenceWords.riskClass(change),
                        with + DifferenceWords.reason(change));
            }
        }
        String rest = plain.isEmpty()
                ? ""
                : "  " + sign + " " + (some ? "and " + plain.size() + " of no known risk: " : "")
                        + String.join(" ", plain) + "\n";
        return columns.text(2) + rest;
    }
}
