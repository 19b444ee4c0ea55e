package io.github.strait.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.common.collect.ImmutableList;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Difference;
import io.github.strait.profile.Difference.Answer;
import io.github.strait.profile.Difference.Arguments;
import io.github.strait.profile.Difference.Change;
import io.github.strait.profile.Difference.OfArch;
import io.github.strait.profile.Flag;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Risk;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A difference for programs. The same difference gives the same bytes. */
public final class DifferenceJson {
    static final String SCHEMA = "diff/1";

    private final JsonGenerator json;

    private DifferenceJson(JsonGenerator json) {
        this.json = json;
    }

    /** The document, with a final newline. */
    public static String of(String first, String second, Difference difference) {
        return JsonText.of(SCHEMA, json -> new DifferenceJson(json).write(first, second, difference));
    }

    private void write(String first, String second, Difference difference) throws IOException {
        json.writeStringField("a", first);
        json.writeStringField("b", second);
        json.writeBooleanField("same", difference.isEmpty());
        json.writeObjectFieldStart("architectures");
        for (Map.Entry<Arch, OfArch> entry : difference.arches().entrySet()) {
            OfArch of = entry.getValue();
            json.writeObjectFieldStart(entry.getKey().label());
            json.writeBooleanField("inA", of.inFirst());
            json.writeBooleanField("inB", of.inSecond());
            changes("gained", of.gained());
            changes("lost", of.lost());
            answers(of);
            json.writeEndObject();
        }
        json.writeEndObject();
        flags("flagsGained", difference.flagsGained());
        flags("flagsLost", difference.flagsLost());
    }

    private void changes(String key, List<Change> changes) throws IOException {
        json.writeArrayFieldStart(key);
        for (Change change : changes) {
            json.writeStartObject();
            json.writeStringField("syscall", change.syscall());
            Optional<Risk> risk = change.risk();
            if (risk.isPresent()) {
                json.writeStringField("risk", risk.get().riskClass().label());
                json.writeStringField("reason", risk.get().reason());
            }
            when(change.when());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void answers(OfArch of) throws IOException {
        json.writeArrayFieldStart("answers");
        for (Answer answer : of.answers()) {
            json.writeStartObject();
            json.writeStringField("syscall", answer.syscall());
            when(answer.when());
            both(answer);
            json.writeEndObject();
        }
        json.writeEndArray();
        if (of.defaults().isPresent()) {
            json.writeObjectFieldStart("default");
            both(of.defaults().get());
            json.writeEndObject();
        }
    }

    private void both(Answer answer) throws IOException {
        decision("a", answer.first());
        decision("b", answer.second());
    }

    private void decision(String key, Decision decision) throws IOException {
        json.writeObjectFieldStart(key);
        json.writeStringField("action", decision.action().token());
        if (decision.action().takesErrno()) {
            json.writeNumberField("errnoRet", decision.errno());
        }
        json.writeEndObject();
    }

    /**
     * {@code when} or {@code unless}: alternatives of conditions that must all hold; neither when all arguments are meant,
     * and {@code some} when the conditions are too many to list.
     */
    private void when(Arguments when) throws IOException {
        if (when.equals(Arguments.ALL)) {
            return;
        }
        if (when.equals(Arguments.SOME)) {
            json.writeBooleanField("some", true);
            return;
        }
        json.writeArrayFieldStart(when.isUnless() ? "unless" : "when");
        for (ImmutableList<Condition> alternative : when.alternatives()) {
            json.writeStartArray();
            for (Condition condition : alternative) {
                condition(condition);
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private void condition(Condition condition) throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", condition.index());
        json.writeNumberField("value", unsigned(condition.value()));
        if (condition.operator().takesValueTwo()) {
            json.writeNumberField("valueTwo", unsigned(condition.valueTwo()));
        }
        json.writeStringField("op", condition.operator().token());
        json.writeEndObject();
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }

    private void flags(String key, Set<Flag> flags) throws IOException {
        if (!flags.isEmpty()) {
            json.writeArrayFieldStart(key);
            for (Flag flag : flags) {
                json.writeString(flag.token());
            }
            json.writeEndArray();
        }
    }
}
