package io.github.strait.report;

import io.github.strait.diagnostic.Printable;
import io.github.strait.start.Obstacle;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Risk;
import io.github.strait.syscall.RiskClass;
import io.github.strait.verify.CrossValidation;
import io.github.strait.verify.LayerNames;
import io.github.strait.verify.Minimality;
import io.github.strait.verify.Verdict;
import io.github.strait.verify.Verification;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A verification as text. */
final class VerificationText {
    private VerificationText() {}

    /** The obstacles to a start, the gaps, the slack, and the optional parts. */
    static String of(VerificationReport report) {
        return start(report.file(), report.obstacles())
                + text(report.verification(), report.layers())
                + report.minimality().map(VerificationText::text).orElse("")
                + report.validation().map(VerificationText::text).orElse("");
    }

    /** {@code FILE: does not start: ...} for what keeps containers from starting, and what might. */
    private static String start(String file, List<Obstacle> obstacles) {
        return obstacles.stream()
                .map(obstacle -> Printable.of(file) + (obstacle.kind().isFinal() ? ": does not start: " : ": start: ")
                        + obstacle.what() + "; " + obstacle.remedy() + '\n')
                .collect(Collectors.joining());
    }

    /** {@code FILE:LINE: gap: ...} for each gap and what is undecided, the count, and the slack by layer. */
    private static String text(Verification verification, LayerNames layers) {
        List<Verdict> gaps = verification.verdicts(Verdict.Kind.GAP);
        List<Verdict> undecided = verification.verdicts(Verdict.Kind.UNDECIDED);
        StringBuilder out = new StringBuilder();
        gaps.forEach(gap -> out.append(line(gap, "gap")));
        undecided.forEach(verdict -> out.append(line(verdict, "undecided")));
        List<Verdict> replaced = verification.verdicts(Verdict.Kind.REPLACED);
        replaced.forEach(verdict -> out.append(line(verdict, "note")));
        out.append(Columns.times(verification.calls()))
                .append(" replayed: ")
                .append(gaps.size())
                .append(gaps.size() == 1 ? " gap, " : " gaps, ")
                .append(undecided.size())
                .append(" undecided")
                .append(replaced.isEmpty() ? "\n" : ", " + replaced.size() + " replaced\n");
        verification.slack().forEach((arch, names) -> slack(out, arch, names, layers));
        return out.toString();
    }

    private static String line(Verdict verdict, String kind) {
        return Printable.of(verdict.first().toString()) + ": " + kind + ": " + VerdictText.call(verdict) + " "
                + VerdictText.answers(verdict) + "; " + VerdictText.calls(verdict) + VerdictText.doubt(verdict) + '\n';
    }

    private static void slack(StringBuilder out, Arch arch, Collection<String> names, LayerNames layers) {
        if (names.isEmpty()) {
            return;
        }
        out.append("slack on ").append(arch.label()).append(": ").append(names.size());
        out.append(" allowed and not in this evidence\n");
        layers.divide(arch, names)
                .forEach((layer, calls) -> out.append("  ")
                        .append(layer.isEmpty() ? "by the profile itself: " : "layer " + layer + ": ")
                        .append(riskiest(calls))
                        .append('\n'));
    }

    /** The riskiest first, with what makes them so. */
    private static String riskiest(Collection<String> names) {
        Comparator<String> byRisk =
                Comparator.comparing(name -> risk(name).map(Enum::ordinal).orElse(RiskClass.values().length));
        return names.stream()
                .sorted(byRisk.thenComparing(Comparator.naturalOrder()))
                .map(name -> name
                        + risk(name)
                                .filter(risk -> risk.compareTo(RiskClass.HIGH) <= 0)
                                .map(risk -> " (" + risk.label() + ")")
                                .orElse(""))
                .collect(Collectors.joining(" "));
    }

    private static Optional<RiskClass> risk(String name) {
        return Risk.of(name).map(Risk::riskClass);
    }

    /** For each part of the profile the first evidence that needs it, and what nothing needs. */
    private static String text(Minimality minimality) {
        Columns needed = new Columns();
        Columns superfluous = new Columns();
        long layered = 0;
        for (Minimality.Part part : minimality.parts()) {
            String what = part.name() + (part.conditions().isEmpty() ? "" : " if " + part.conditions());
            if (part.need().isPresent()) {
                needed.row(what, Printable.of(part.need().get().first().toString()));
            } else if (part.isSuperfluous()) {
                superfluous.row(what);
            } else {
                layered++;
            }
        }
        int count = minimality.superfluous().size();
        return "needed, and the first evidence that would be denied without it:\n" + needed.text(2)
                + "allowed by a layer, and not needed by this evidence: " + layered + '\n'
                + "superfluous: " + count + '\n' + superfluous.text(2);
    }

    /** How far the runs cover each other. */
    private static String text(CrossValidation validation) {
        if (validation.runs() < 2) {
            return "one run: whether another would have been refused cannot be told\n";
        }
        StringBuilder out = new StringBuilder();
        out.append("runs ").append(validation.uncovered().size()).append(" of ").append(validation.runs());
        out.append(" would have been refused by a profile of the others\n");
        for (CrossValidation.UncoveredRun uncovered : validation.uncovered()) {
            String calls = uncovered.gaps().stream()
                    .map(Verdict::name)
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(" "));
            out.append("  ").append(Printable.of(uncovered.run().source())).append(": ");
            out.append(Printable.of(calls)).append('\n');
        }
        return out.append(
                        "  (how far the recorded runs cover each other; it says nothing of runs that were not recorded)\n")
                .toString();
    }
}
