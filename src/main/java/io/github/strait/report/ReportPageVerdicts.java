package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.strait.verify.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a profile does with evidence that it was not derived from, as names and values for the template. */
final class ReportPageVerdicts {
    private static final int ROWS = 1_000;

    private ReportPageVerdicts() {}

    static Map<String, Object> model(EvidenceReport report) {
        List<Object> judgements = new ArrayList<>();
        report.given()
                .ifPresent(given -> judgements.add(
                        judgement("profile", "The profile " + ReportedCall.text(given.file()), "the evidence", given)));
        report.against()
                .ifPresent(against -> judgements.add(judgement(
                        "against",
                        "Gaps in other evidence",
                        "the other evidence (" + against.evidence().runs()
                                + (against.evidence().runs() == 1 ? " run)" : " runs)"),
                        against.report())));
        return ImmutableMap.of("judgements", judgements);
    }

    private static Map<String, Object> judgement(String id, String heading, String of, VerificationReport report) {
        List<Object> verdicts = new ArrayList<>();
        int gaps = rows(report, Verdict.Kind.GAP, "gap", verdicts);
        int undecided = rows(report, Verdict.Kind.UNDECIDED, "undecided", verdicts);
        int replaced = rows(report, Verdict.Kind.REPLACED, "replaced", verdicts);
        int more = gaps + undecided + replaced - verdicts.size();
        String lead = gaps == 0
                ? "The profile denies no call of " + of + (undecided == 0 ? "." : ", as far as the evidence shows.")
                : "The profile denies " + gaps + (gaps == 1 ? " call" : " calls") + " of " + of + ".";
        return ImmutableMap.<String, Object>builder()
                .put("id", id)
                .put("heading", heading)
                .put("kind", gaps == 0 ? "good" : "bad")
                .put("lead", lead)
                .put("caption", "What the profile does with calls of " + of)
                .put(
                        "obstacles",
                        report.obstacles().stream()
                                .map(obstacle -> obstacle.what() + "; " + obstacle.remedy())
                                .toList())
                .put("hasVerdicts", !verdicts.isEmpty())
                .put("verdicts", verdicts)
                .put("moreVerdicts", more == 0 ? "" : ReportPageCalls.more(more, "findings"))
                .put("slack", slack(report))
                .buildOrThrow();
    }

    private static int rows(VerificationReport report, Verdict.Kind kind, String label, List<Object> rows) {
        List<Verdict> verdicts = report.verification().verdicts(kind);
        for (Verdict verdict : verdicts.subList(0, Math.min(ROWS, verdicts.size()))) {
            rows.add(ImmutableMap.of(
                    "kind", label,
                    "call", ReportedCall.text(VerdictText.call(verdict)),
                    "answers", VerdictText.answers(verdict) + VerdictText.doubt(verdict),
                    "calls", VerdictText.calls(verdict),
                    "first", ReportedCall.at(verdict.first().toString())));
        }
        return verdicts.size();
    }

    private static ImmutableList<Object> slack(VerificationReport report) {
        ImmutableList.Builder<Object> slack = ImmutableList.builder();
        report.verification().slack().forEach((arch, names) -> {
            if (!names.isEmpty()) {
                slack.add(ImmutableMap.of(
                        "summary",
                        names.size() + " calls are allowed on " + arch.label() + " and not in this evidence",
                        "names",
                        ReportedCall.names(names)));
            }
        });
        return slack.build();
    }
}
