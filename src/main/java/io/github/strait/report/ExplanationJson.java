package io.github.strait.report;

import com.google.common.base.Ascii;
import io.github.strait.derive.DerivedLayer;
import io.github.strait.derive.Reason;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.json.JsonWriter;
import io.github.strait.observation.RuntimePart;
import io.github.strait.observation.Sighting;
import io.github.strait.observation.Subcalls;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import java.util.Map;

/** An explanation for programs. The same explanation gives the same bytes. */
final class ExplanationJson {
    static final String SCHEMA = "explain/1";

    private final JsonWriter json;

    private ExplanationJson(JsonWriter json) {
        this.json = json;
    }

    /** The document, with a final newline. */
    static String of(Explanation explanation) {
        return JsonText.of(SCHEMA, json -> fields(json, explanation));
    }

    /** Writes the fields of an object. */
    static void fields(JsonWriter json, Explanation explanation) {
        new ExplanationJson(json).write(explanation);
    }

    private void write(Explanation explanation) {
        EvidenceCountsJson.write(json, explanation.evidence());
        json.array("evidence");
        for (Explanation.RunLines run : explanation.runs()) {
            json.object();
            json.field("source", run.source());
            EvidenceCountsJson.lines(json, run.lines());
            json.field(
                    "unparsedAt",
                    run.unparsedAt().stream().map(SourcePosition::toString).toList());
            json.end();
        }
        json.end();
        json.object("architectures");
        for (Map.Entry<Arch, Explanation.OfArch> arch :
                explanation.architectures().entrySet()) {
            json.object(arch.getKey().label());
            if (arch.getValue().proof().isPresent()) {
                json.field("proof", arch.getValue().proof().get().label());
            }
            if (arch.getValue().derivedFrom().isPresent()) {
                json.field("proof", DerivedLayer.NAME);
                json.field("derivedFrom", arch.getValue().derivedFrom().get().label());
            }
            json.object("syscalls");
            for (Map.Entry<String, Explanation.Call> call :
                    arch.getValue().calls().entrySet()) {
                json.object(call.getKey());
                call(call.getKey(), call.getValue());
                json.end();
            }
            json.end();
            json.end();
        }
        json.end();
        if (!explanation.runtime().isEmpty()) {
            json.object("runtime");
            explanation.runtime().forEach(this::runtime);
            json.end();
        }
        UnseenImportsJson.write(explanation.imports(), json);
        json.object("leftOut");
        for (Map.Entry<Arch, Explanation.LeftOut> arch : explanation.leftOut().entrySet()) {
            json.object(arch.getKey().label());
            json.field("proof", arch.getValue().proof().label());
            json.field("calls", arch.getValue().calls());
            json.end();
        }
        json.end();
    }

    private void runtime(Arch arch, Map<String, RuntimePart.Call> calls) {
        json.object(arch.label());
        for (Map.Entry<String, RuntimePart.Call> call : calls.entrySet()) {
            json.object(call.getKey());
            json.field("count", call.getValue().count());
            json.field("filtered", call.getValue().filtered());
            json.field("first", call.getValue().first().toString());
            json.end();
        }
        json.end();
    }

    private void call(String name, Explanation.Call call) {
        boolean isShared = call.notNeeded()
                .filter(what -> what instanceof NotNeeded.Shared)
                .isPresent();
        json.field("allowed", isShared || !call.reasons().isEmpty());
        json.array("reasons");
        for (Reason reason : call.reasons()) {
            json.object();
            ReasonJson.write(json, reason);
            json.end();
        }
        json.end();
        if (call.condition().isPresent()) {
            json.object("condition");
            ExplainedConditionJson.write(json, call.condition().get());
            json.end();
        }
        if (call.notNeeded().isPresent()) {
            json.object("notNeeded");
            notNeeded(call.notNeeded().get());
            json.end();
        }
        if (call.seen().isPresent()) {
            json.object("observed");
            observed(name, call.seen().get());
            json.end();
        }
    }

    private void observed(String name, SyscallObservation seen) {
        json.field("count", seen.count());
        json.field("succeeded", seen.succeeded());
        json.field("unreturned", seen.unreturned());
        json.object("errors");
        for (Map.Entry<String, Long> error : seen.errors().entrySet()) {
            json.field(error.getKey(), error.getValue());
        }
        json.end();
        json.field("first", seen.first().toString());
        json.field("programs", seen.programs());
        json.field("morePrograms", seen.morePrograms());
        Map<String, Sighting> subcalls = Subcalls.of(seen, name).seen();
        if (!subcalls.isEmpty()) {
            json.object("subcalls");
            subcalls.forEach((subcall, sighting) -> json.field(subcall, sighting.count()));
            json.end();
        }
    }

    private void notNeeded(NotNeeded call) {
        if (call instanceof NotNeeded.Denied denied) {
            json.field("kind", Ascii.toLowerCase(denied.denial().cause().name()));
            json.field("errno", denied.denial().errno());
            json.field("why", denied.denial().reason());
        } else if (call instanceof NotNeeded.LayerOff off) {
            json.field("kind", off.onRequest() ? "layer-on-request" : "layer-off");
            json.field("layer", off.layer());
            json.field("why", off.why());
        } else if (call instanceof NotNeeded.Shared) {
            json.field("kind", "shared");
        } else {
            json.field("kind", call instanceof NotNeeded.Nameless ? "nameless" : "unnamed");
        }
    }
}
