package io.github.strait.report;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.derive.DerivedLayer;
import io.github.strait.json.JsonWriter;
import io.github.strait.profile.Decision;
import io.github.strait.start.Obstacle;
import io.github.strait.syscall.Arch;
import io.github.strait.verify.CrossValidation;
import io.github.strait.verify.LayerNames;
import io.github.strait.verify.Minimality;
import io.github.strait.verify.Verdict;
import io.github.strait.verify.Verification;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A verification for programs. The same verification gives the same bytes. */
final class VerificationJson {
    static final String SCHEMA = "verify/1";

    private final JsonWriter json;

    private VerificationJson(JsonWriter json) {
        this.json = json;
    }

    /** The document, with a final newline. */
    static String of(VerificationReport report) {
        return JsonText.of(SCHEMA, json -> fields(json, report));
    }

    /** Writes the fields of an object. */
    static void fields(JsonWriter json, VerificationReport report) {
        VerificationJson writer = new VerificationJson(json);
        writer.obstacles(report);
        writer.derived(report.derived());
        writer.verification(report.verification(), report.layers());
        if (report.minimality().isPresent()) {
            writer.minimality(report.minimality().get());
        }
        if (report.validation().isPresent()) {
            writer.validation(report.validation().get());
        }
    }

    private void obstacles(VerificationReport report) {
        json.field("starts", report.starts());
        json.array("obstacles");
        for (Obstacle obstacle : report.obstacles()) {
            json.object();
            json.field("kind", obstacle.kind().label());
            json.field("calls", obstacle.calls());
            json.field("explanation", obstacle.what());
            json.field("remediation", obstacle.remedy());
            json.end();
        }
        json.end();
    }

    private void derived(Set<Arch> arches) {
        if (!arches.isEmpty()) {
            json.object("architectures");
            for (Arch arch : arches) {
                json.object(arch.label());
                json.field("proof", DerivedLayer.NAME);
                json.end();
            }
            json.end();
        }
    }

    private void verification(Verification verification, LayerNames layers) {
        json.field("calls", verification.calls());
        verdicts("gaps", verification.verdicts(Verdict.Kind.GAP));
        verdicts("undecided", verification.verdicts(Verdict.Kind.UNDECIDED));
        verdicts("replaced", verification.verdicts(Verdict.Kind.REPLACED));
        json.object("slack");
        for (Map.Entry<Arch, ImmutableSortedSet<String>> arch :
                verification.slack().entrySet()) {
            json.object(arch.getKey().label());
            for (Map.Entry<String, ImmutableSortedSet<String>> layer :
                    layers.divide(arch.getKey(), arch.getValue()).entrySet()) {
                json.field(layer.getKey(), layer.getValue());
            }
            json.end();
        }
        json.end();
    }

    private void verdicts(String key, List<Verdict> verdicts) {
        json.array(key);
        for (Verdict verdict : verdicts) {
            json.object();
            json.field("architecture", verdict.arch().label());
            json.field("syscall", verdict.name());
            if (!verdict.arguments().isEmpty()) {
                json.field("arguments", verdict.arguments());
            }
            json.array("answers");
            for (Decision answer : verdict.answers()) {
                json.object();
                json.field("action", answer.action().token());
                if (answer.action().takesErrno()) {
                    json.field("errno", VerdictText.errno(answer, verdict.arch()));
                }
                json.end();
            }
            json.end();
            if (!verdict.standIn().isEmpty()) {
                json.field("instead", verdict.standIn());
            }
            json.field("count", verdict.count());
            json.field("first", verdict.first().toString());
            json.field("programs", verdict.programs());
            if (!VerdictText.why(verdict.doubt()).isEmpty()) {
                json.field("reason", VerdictText.why(verdict.doubt()));
            }
            json.end();
        }
        json.end();
    }

    private void minimality(Minimality minimality) {
        json.array("parts");
        for (Minimality.Part part : minimality.parts()) {
            json.object();
            json.field("syscall", part.name());
            json.field("rule", part.rule());
            if (!part.conditions().isEmpty()) {
                json.field("conditions", part.conditions());
            }
            if (part.need().isPresent()) {
                json.field("needed", part.need().get().first().toString());
            }
            json.field("layer", part.isLayered());
            json.field("superfluous", part.isSuperfluous());
            json.end();
        }
        json.end();
    }

    private void validation(CrossValidation validation) {
        json.object("crossValidation");
        json.field("runs", validation.runs());
        json.array("refused");
        for (CrossValidation.UncoveredRun uncovered : validation.uncovered()) {
            json.object();
            json.field("run", uncovered.run().source());
            verdicts("gaps", uncovered.gaps());
            json.end();
        }
        json.end();
        json.end();
    }
}
