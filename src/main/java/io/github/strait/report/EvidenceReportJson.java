package io.github.strait.report;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.json.JsonWriter;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.RiskClass;
import java.util.Map;

/** A report for programs. The same report gives the same bytes. */
final class EvidenceReportJson {
    static final String SCHEMA = "report/1";

    private final JsonWriter json;

    private EvidenceReportJson(JsonWriter json) {
        this.json = json;
    }

    /** The document, with a final newline. */
    static String of(EvidenceReport report) {
        return JsonText.of(SCHEMA, json -> new EvidenceReportJson(json).write(report));
    }

    private void write(EvidenceReport report) {
        json.object("summary");
        SummaryJson.fields(json, report.summary());
        json.end();
        json.object("explanation");
        ExplanationJson.fields(json, report.explanation());
        json.end();
        json.object("risks");
        report.risks().forEach((arch, risks) -> {
            json.object(arch.label());
            for (Map.Entry<RiskClass, RiskComparison.Count> risk :
                    risks.classes().entrySet()) {
                count(risk.getKey().label(), risk.getValue());
            }
            count("all", risks.total());
            json.end();
        });
        json.end();
        discovery(report.discovery());
        programs(report);
        phases(report.phases());
        if (report.given().isPresent()) {
            json.object("profile");
            json.field("file", report.given().get().file());
            VerificationJson.fields(json, report.given().get());
            json.end();
        }
        if (report.against().isPresent()) {
            json.object("against");
            EvidenceCountsJson.write(json, report.against().get().evidence());
            VerificationJson.fields(json, report.against().get().report());
            json.end();
        }
    }

    private void count(String name, RiskComparison.Count count) {
        json.object(name);
        json.field("allowed", count.allowed().size());
        json.field("dockerDefault", count.dockerDefault());
        json.end();
    }

    private void discovery(DiscoveryCurve discovery) {
        json.object("discovery");
        json.array("runs");
        for (DiscoveryCurve.OfRun run : discovery.runs()) {
            json.object();
            json.field("source", run.source());
            json.field("calls", run.calls());
            json.field("alone", run.alone());
            json.end();
        }
        json.end();
        json.array("curve");
        for (DiscoveryCurve.Step step : discovery.steps()) {
            json.object();
            json.field("runs", step.runs());
            json.decimal("calls", step.inTenths());
            json.end();
        }
        json.end();
        json.end();
    }

    private void programs(EvidenceReport report) {
        json.array("programs");
        for (ProgramCalls program : report.programs()) {
            json.object();
            json.field("program", program.program());
            json.object("calls");
            program.calls().forEach((arch, names) -> json.field(arch.label(), names));
            json.end();
            json.object("alone");
            program.alone().forEach((arch, names) -> json.field(arch.label(), names));
            json.end();
            json.end();
        }
        json.end();
    }

    private void phases(ServingPhases phases) {
        if (phases.isOfServer()) {
            json.object("serving");
            json.field(
                    "since",
                    phases.since().stream().map(SourcePosition::toString).toList());
            json.object("calls");
            for (Map.Entry<Arch, Map<String, ServingPhases.Phase>> arch :
                    phases.calls().rowMap().entrySet()) {
                json.object(arch.getKey().label());
                arch.getValue().forEach((name, phase) -> json.field(name, phase.label()));
                json.end();
            }
            json.end();
            json.end();
        }
    }
}
