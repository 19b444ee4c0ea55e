package io.github.strait.report;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.RiskClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The runs and programs of the page, as names and values for the template. */
final class ReportPageEvidence {
    private static final int ROWS = 1_000;

    /** Labels of the curve beyond that would overlap. */
    private static final int LABELS = 12;

    /** The highest column of the curve, in hundredths: its figure stands above it. */
    private static final int HIGHEST = 90;

    private ReportPageEvidence() {}

    static Map<String, Object> model(EvidenceReport report) {
        DiscoveryCurve discovery = report.discovery();
        List<Explanation.RunLines> runs = report.explanation().runs();
        int programs = report.programs().size();
        return ImmutableMap.<String, Object>builder()
                .put("rate", rate(report))
                .put("hasCurve", discovery.steps().size() > 1)
                .put("isCurveShort", discovery.steps().size() <= LABELS)
                .put("steps", steps(discovery))
                .put("curveCaption", curveCaption(discovery))
                .put("runs", runs(report))
                .put("moreRuns", runs.size() <= ROWS ? "" : ReportPageCalls.more(runs.size() - ROWS, "runs"))
                .put("programs", programs(report))
                .put("morePrograms", programs <= ROWS ? "" : ReportPageCalls.more(programs - ROWS, "programs"))
                .putAll(unparsed(report))
                .put("hasImports", !report.explanation().imports().isEmpty())
                .put("imports", imports(report.explanation().imports()))
                .put("importers", programs(report.explanation().imports().programs()))
                .put("notImporters", programs(report.explanation().imports().inapplicable()))
                .put("provenance", provenance(report))
                .put(
                        "evidence",
                        runs.stream()
                                .limit(ROWS)
                                .map(run -> ReportedCall.at(run.source()))
                                .toList())
                .buildOrThrow();
    }

    /** What the runs say of the next one, as sentences. */
    static String rate(EvidenceReport report) {
        return NewCallRateText.lines(report.summary().evidence().newCalls()).stream()
                .map(line -> Ascii.toUpperCase(line.charAt(0)) + line.substring(1) + (line.endsWith(".") ? "" : "."))
                .collect(Collectors.joining(" "));
    }

    private static ImmutableList<Object> steps(DiscoveryCurve discovery) {
        ImmutableList.Builder<Object> steps = ImmutableList.builder();
        int count = discovery.steps().size();
        double most = count == 0 ? 1 : discovery.steps().get(count - 1).calls();
        int apart = (count + LABELS - 1) / LABELS;
        for (int i = 0; i < count; i++) {
            DiscoveryCurve.Step step = discovery.steps().get(i);
            steps.add(ImmutableMap.of(
                    "runs", String.valueOf(step.runs()),
                    "calls", step.inTenths(),
                    "isLabelled", (i + 1) % apart == 0 || i == 0,
                    "size", String.valueOf(Math.round(step.calls() * HIGHEST / most))));
        }
        return steps.build();
    }

    private static String curveCaption(DiscoveryCurve discovery) {
        if (discovery.steps().size() < 2) {
            return "";
        }
        DiscoveryCurve.Step first = discovery.steps().get(0);
        DiscoveryCurve.Step last = discovery.steps().get(discovery.steps().size() - 1);
        return String.format(
                Locale.ROOT,
                "From %.1f calls that one run shows on average to the %.0f of all %d runs. Columns that still grow mean"
                        + " that runs keep adding calls. None of them says anything of runs of another kind.",
                first.calls(),
                last.calls(),
                last.runs());
    }

    private static ImmutableList<Object> runs(EvidenceReport report) {
        Map<String, DiscoveryCurve.OfRun> found = new TreeMap<>();
        report.discovery().runs().forEach(run -> found.put(run.source(), run));
        ImmutableList.Builder<Object> rows = ImmutableList.builder();
        report.explanation().runs().stream().limit(ROWS).forEach(run -> {
            DiscoveryCurve.OfRun of = found.get(run.source());
            rows.add(ImmutableMap.of(
                    "source", ReportedCall.at(run.source()),
                    "lines", String.valueOf(run.lines().total()),
                    "calls", String.valueOf(run.lines().calls()),
                    "different", of == null ? "" : String.valueOf(of.calls()),
                    "alone", of == null ? ImmutableList.of() : ReportedCall.names(of.alone())));
        });
        return rows.build();
    }

    private static List<Object> programs(EvidenceReport report) {
        List<Object> rows = new ArrayList<>();
        report.programs().stream().limit(ROWS).forEach(program -> {
            boolean isAlone = program.aloneCount() > 0;
            rows.add(ImmutableMap.of(
                    "program", program.program().isEmpty() ? "(before execve)" : ReportedCall.at(program.program()),
                    "count", String.valueOf(program.count()),
                    "alone", String.valueOf(program.aloneCount()),
                    "summary", isAlone ? "the calls that it alone made" : "its calls",
                    "names", ReportedCall.names(names(isAlone ? program.alone() : program.calls()))));
        });
        return rows;
    }

    private static TreeSet<String> names(ImmutableSortedMap<Arch, ImmutableSortedSet<String>> calls) {
        TreeSet<String> names = new TreeSet<>();
        calls.forEach(
                (arch, of) -> of.forEach(name -> names.add(calls.size() > 1 ? name + " on " + arch.label() : name)));
        return names;
    }

    private static List<String> programs(ImmutableSortedSet<String> names) {
        return names.stream().limit(ROWS).map(ReportedCall::text).toList();
    }

    private static ImmutableList<Object> imports(UnseenImports imports) {
        ImmutableList.Builder<Object> rows = ImmutableList.builder();
        imports.architectures()
                .forEach((arch, purposes) -> purposes.forEach(purpose -> purpose.calls()
                        .forEach(call -> rows.add(ImmutableMap.of(
                                "name", call.name(),
                                "arch", arch.label(),
                                "purpose", purpose.name(),
                                "risk", call.risk().map(RiskClass::label).orElse(""),
                                "because",
                                        call.importers().stream()
                                                .map(importer -> ReportedCall.text(importer.words()))
                                                .collect(Collectors.joining(", ")),
                                "heldBack", call.heldBack().orElse(""))))));
        return rows.build();
    }

    private static Map<String, Object> unparsed(EvidenceReport report) {
        long lines = report.summary().evidence().lines().unparsed();
        List<Object> rows = report.explanation().runs().stream()
                .filter(run -> run.lines().unparsed() > 0)
                .limit(ROWS)
                .<Object>map(run -> ImmutableMap.of(
                        "source", ReportedCall.at(run.source()),
                        "count", run.lines().unparsed() + (run.lines().unparsed() == 1 ? " line" : " lines"),
                        "places",
                                run.unparsedAt().stream()
                                        .map(at -> ReportedCall.at(at.toString()))
                                        .toList()))
                .toList();
        return ImmutableMap.of(
                "unparsedKind",
                lines == 0 ? "good" : "bad",
                "unparsedLead",
                lines == 0
                        ? "Every line was understood."
                        : lines + (lines == 1 ? " line was" : " lines were")
                                + " not understood, and may show calls that the profile lacks.",
                "hasUnparsed",
                !rows.isEmpty(),
                "unparsed",
                rows);
    }

    private static ImmutableList<Object> provenance(EvidenceReport report) {
        EvidenceCounts evidence = report.summary().evidence();
        return ImmutableList.of(
                how(
                        "Runs, lines and calls",
                        "Counted in the files below: " + evidence.runs() + " runs, "
                                + evidence.lines().total()
                                + " lines, of which " + evidence.lines().calls() + " begin a call, "
                                + evidence.lines().other() + " say something else and "
                                + evidence.lines().unparsed()
                                + " were not understood."),
                how(
                        "Observed calls",
                        "Each call in the table of allowed calls names the file and line where it was first seen; its"
                                + " count, results and programs are of all files."),
                how(
                        "Calls of layers",
                        "The table of allowed calls gives the reason of each; strait’s reviewed tables have them."),
                how("Risk", "strait’s reviewed table of risks; point at a class to read why."),
                how(
                        "Docker’s default",
                        "The built-in profile of Docker (moby/profiles) on kernel 4.8 or newer, with Docker’s default"
                                + " capabilities."),
                how("The curve of calls over runs", "The different calls of each run in the table of runs."),
                how("Values of arguments", "Each names the file and line where it was first seen."));
    }

    private static Map<String, String> how(String what, String how) {
        return ImmutableMap.of("what", what, "how", how);
    }
}
