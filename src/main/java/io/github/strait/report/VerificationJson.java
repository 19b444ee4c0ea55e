package io.github.strait.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.profile.Decision;
import io.github.strait.start.Obstacle;
import io.github.strait.syscall.Arch;
import io.github.strait.verify.CrossValidation;
import io.github.strait.verify.Layers;
import io.github.strait.verify.Minimality;
import io.github.strait.verify.Verdict;
import io.github.strait.verify.Verification;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A verification for programs. The same verification gives the same bytes. */
public final class VerificationJson {
    static final String SCHEMA = "verify/1";

    private final JsonGenerator json;

    private VerificationJson(JsonGenerator json) {
        this.json = json;
    }

    /** The document, with a final newline. */
    public static String of(
            List<Obstacle> obstacles,
            Verification verification,
            Layers layers,
            Optional<Minimality> minimality,
            Optional<CrossValidation> validation) {
        return JsonText.of(SCHEMA, json -> {
            VerificationJson writer = new VerificationJson(json);
            writer.obstacles(obstacles);
            writer.verification(verification, layers);
            if (minimality.isPresent()) {
                writer.minimality(minimality.get());
            }
            if (validation.isPresent()) {
                writer.validation(validation.get());
            }
        });
    }

    private void obstacles(List<Obstacle> obstacles) throws IOException {
        json.writeBooleanField(
                "starts",
                obstacles.stream().noneMatch(obstacle -> obstacle.kind().isFinal()));
        json.writeArrayFieldStart("obstacles");
        for (Obstacle obstacle : obstacles) {
            json.writeStartObject();
            json.writeStringField("kind", obstacle.kind().label());
            strings("calls", obstacle.calls());
            json.writeStringField("explanation", obstacle.what());
            json.writeStringField("remediation", obstacle.remedy());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void verification(Verification verification, Layers layers) throws IOException {
        json.writeNumberField("calls", verification.calls());
        verdicts("gaps", verification.verdicts(Verdict.Kind.GAP));
        verdicts("undecided", verification.verdicts(Verdict.Kind.UNDECIDED));
        json.writeObjectFieldStart("slack");
        for (Map.Entry<Arch, ImmutableSortedSet<String>> arch :
                verification.slack().entrySet()) {
            json.writeObjectFieldStart(arch.getKey().label());
            for (Map.Entry<String, ImmutableSortedSet<String>> layer :
                    layers.divide(arch.getKey(), arch.getValue()).entrySet()) {
                strings(layer.getKey(), layer.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void verdicts(String key, List<Verdict> verdicts) throws IOException {
        json.writeArrayFieldStart(key);
        for (Verdict verdict : verdicts) {
            json.writeStartObject();
            json.writeStringField("architecture", verdict.arch().label());
            json.writeStringField("syscall", verdict.name());
            if (!verdict.arguments().isEmpty()) {
                json.writeStringField("arguments", verdict.arguments());
            }
            json.writeArrayFieldStart("answers");
            for (Decision answer : verdict.answers()) {
                json.writeStartObject();
                json.writeStringField("action", answer.action().token());
                if (answer.action().takesErrno()) {
                    json.writeStringField("errno", Verdicts.errno(answer, verdict.arch()));
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberField("count", verdict.count());
            json.writeStringField("first", verdict.first().toString());
            strings("programs", verdict.programs());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void minimality(Minimality minimality) throws IOException {
        json.writeArrayFieldStart("parts");
        for (Minimality.Part part : minimality.parts()) {
            json.writeStartObject();
            json.writeStringField("syscall", part.name());
            json.writeNumberField("rule", part.rule());
            if (!part.conditions().isEmpty()) {
                json.writeStringField("conditions", part.conditions());
            }
            if (part.need().isPresent()) {
                json.writeStringField("needed", part.need().get().first().toString());
            }
            json.writeBooleanField("layer", part.isLayered());
            json.writeBooleanField("superfluous", part.isSuperfluous());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void validation(CrossValidation validation) throws IOException {
        json.writeObjectFieldStart("crossValidation");
        json.writeNumberField("runs", validation.runs());
        json.writeArrayFieldStart("refused");
        for (CrossValidation.Refusal refusal : validation.refusals()) {
            json.writeStartObject();
            json.writeStringField("run", refusal.run().source());
            verdicts("gaps", refusal.gaps());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void strings(String key, Iterable<String> values) throws IOException {
        json.writeArrayFieldStart(key);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
