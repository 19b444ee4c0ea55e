package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.strait.observation.LineCounts;
import io.github.strait.observation.NewCallRate;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.RiskClass;
import io.github.strait.verify.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The head of the page and its picture of risks, as names and values for the template. */
final class ReportPage {
    private ReportPage() {}

    static Map<String, Object> model(EvidenceReport report) {
        return ImmutableMap.<String, Object>builder()
                .put("title", title(report))
                .put("lead", lead(report))
                .put("cards", cards(report))
                .put("sections", sections(report))
                .put("risks", risks(report))
                .put("isOfSeveral", report.risks().size() > 1)
                .put(
                        "archNames",
                        report.risks().keySet().stream().map(Arch::label).toList())
                .buildOrThrow();
    }

    /** Named after the program that made the most different calls. */
    static String title(EvidenceReport report) {
        List<String> named = report.programs().stream()
                .map(ProgramCalls::program)
                .filter(program -> !program.isEmpty())
                .toList();
        if (named.isEmpty()) {
            return "System calls of a recorded program";
        }
        int more = named.size() - 1;
        return "System calls of " + ReportedCall.at(named.get(0))
                + (more == 0 ? "" : " and " + more + (more == 1 ? " other program" : " other programs"));
    }

    private static String lead(EvidenceReport report) {
        EvidenceCounts evidence = report.summary().evidence();
        LineCounts lines = evidence.lines();
        return evidence.runs() + (evidence.runs() == 1 ? " run, " : " runs, ") + lines.total() + " lines, "
                + Columns.times(lines.calls()) + ". The profile that follows from them allows what they show, and a few"
                + " named layers.";
    }

    private static ImmutableList<Object> cards(EvidenceReport report) {
        ImmutableList.Builder<Object> cards = ImmutableList.builder();
        report.summary().architectures().forEach((arch, allowed) -> cards.add(allowed(arch, allowed)));
        int risky = report.summary().risky().values().stream()
                .mapToInt(names -> names.size())
                .sum();
        cards.add(card(
                risky == 0 ? "good" : "warn",
                String.valueOf(risky),
                risky == 1 ? "risky call" : "risky calls",
                "of class critical or high, whatever their arguments are"));
        report.summary()
                .arguments()
                .ifPresent(arguments -> cards.add(card(
                        "",
                        String.valueOf(arguments.compared().size()),
                        "calls by argument",
                        "allowed with some arguments only")));
        report.given().ifPresent(given -> cards.add(gaps(given, "the evidence")));
        report.against().ifPresent(against -> cards.add(gaps(against.report(), "the other evidence")));
        NewCallRate rate = report.summary().evidence().newCalls().all();
        rate.estimate().ifPresent(estimate -> cards.add(rate(estimate)));
        long unparsed = report.summary().evidence().lines().unparsed();
        cards.add(card(
                unparsed == 0 ? "good" : "bad",
                String.valueOf(unparsed),
                unparsed == 1 ? "line not understood" : "lines not understood",
                unparsed == 0 ? "every line was read" : "the profile may lack what they show"));
        return cards.build();
    }

    private static Map<String, String> allowed(Arch arch, Summary.Allowed allowed) {
        String shown = allowed.derived()
                .map(derived -> derived.total() + " derived from "
                        + derived.from().label() + " + " + (allowed.layered() - derived.total()) + " from layers")
                .orElse(allowed.observed() + " observed + " + allowed.layered() + " from layers");
        return card(
                "",
                String.valueOf(allowed.total()),
                "calls allowed on " + arch.label(),
                shown + "; Docker’s default allows " + allowed.dockerDefault());
    }

    private static Map<String, String> rate(NewCallRate.Estimate estimate) {
        return card(
                "",
                NewCallRateText.percent(estimate.rate()),
                "of runs showed a call that no other did",
                "one more of the same kind shows a new one in "
                        + NewCallRateText.percent(estimate.interval().low()) + " to "
                        + NewCallRateText.percent(estimate.interval().high()) + " of cases (90 % interval)");
    }

    private static Map<String, String> gaps(VerificationReport report, String of) {
        int gaps = report.verification().verdicts(Verdict.Kind.GAP).size();
        return card(
                gaps == 0 ? "good" : "bad",
                String.valueOf(gaps),
                gaps == 1 ? "gap" : "gaps",
                "in the profile for " + of);
    }

    private static Map<String, String> card(String kind, String value, String label, String note) {
        return ImmutableMap.of("kind", kind, "value", value, "label", label, "note", note);
    }

    private static ImmutableList<Object> sections(EvidenceReport report) {
        ImmutableList.Builder<Object> sections = ImmutableList.builder();
        sections.add(section("risk", "Risk"));
        sections.add(section("calls", "Allowed calls"));
        sections.add(section("arguments", "Arguments"));
        sections.add(section("denied", "Denied"));
        report.given().ifPresent(given -> sections.add(section("profile", "Given profile")));
        report.against().ifPresent(against -> sections.add(section("against", "Gaps")));
        sections.add(section("discovery", "More runs"));
        if (!report.explanation().imports().isEmpty()) {
            sections.add(section("imports", "Imports"));
        }
        sections.add(section("programs", "Programs"));
        if (report.phases().isOfServer()) {
            sections.add(section("phases", "Phases"));
        }
        sections.add(section("unparsed", "Not understood"));
        sections.add(section("provenance", "Provenance"));
        return sections.build();
    }

    private static Map<String, String> section(String id, String label) {
        return ImmutableMap.of("id", id, "label", label);
    }

    private static ImmutableList<Object> risks(EvidenceReport report) {
        ImmutableList.Builder<Object> figures = ImmutableList.builder();
        report.risks().forEach((arch, risks) -> {
            int most = risks.classes().values().stream()
                    .mapToInt(count -> Math.max(count.allowed().size(), count.dockerDefault()))
                    .max()
                    .orElse(0);
            List<Object> classes = new ArrayList<>();
            risks.classes().forEach((risk, count) -> classes.add(bar(risk, count, Math.max(1, most))));
            int total = risks.total().allowed().size();
            int docker = Math.max(1, risks.total().dockerDefault());
            figures.add(ImmutableMap.of(
                    "arch", arch.label(),
                    "classes", classes,
                    "caption", caption(risks),
                    "total", String.valueOf(total),
                    "dockerTotal", String.valueOf(docker),
                    "totalSize", String.valueOf(Math.min(100, total * 100 / docker))));
        });
        return figures.build();
    }

    private static Map<String, Object> bar(RiskClass risk, RiskComparison.Count count, int most) {
        return ImmutableMap.of(
                "risk", risk.label(),
                "allowed", String.valueOf(count.allowed().size()),
                "docker", String.valueOf(count.dockerDefault()),
                "size", String.valueOf(count.allowed().size() * 100 / most),
                "dockerSize", String.valueOf(count.dockerDefault() * 100 / most));
    }

    private static String caption(RiskComparison risks) {
        return risks.classes().entrySet().stream()
                .map(risk ->
                        risk.getKey().label() + " " + risk.getValue().allowed().size() + " and "
                                + risk.getValue().dockerDefault())
                .collect(Collectors.joining(", ", "calls that this profile and Docker’s default allow: ", "."));
    }
}
