package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import io.github.strait.format.ConditionJson;
import io.github.strait.json.JsonWriter;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Difference;
import io.github.strait.profile.Difference.ArgumentSet;
import io.github.strait.profile.Difference.Change;
import io.github.strait.profile.Difference.DenialChange;
import io.github.strait.profile.Difference.OfArch;
import io.github.strait.profile.Flag;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Risk;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A difference for programs. The same difference gives the same bytes. */
final class DifferenceJson {
    static final String SCHEMA = "diff/1";

    private final JsonWriter json;

    private DifferenceJson(JsonWriter json) {
        this.json = json;
    }

    /** The document, with a final newline. */
    static String of(DifferenceReport report) {
        return JsonText.of(SCHEMA, json -> {
            json.field("a", report.first());
            json.field("b", report.second());
            write(json, report.difference());
            report.evidence().ifPresent(changes -> EvidenceChangesJson.write(json, changes));
        });
    }

    /** Writes what differs into an object. */
    static void write(JsonWriter json, Difference difference) {
        new DifferenceJson(json).write(difference);
    }

    private void write(Difference difference) {
        json.field("same", difference.isEmpty());
        json.object("architectures");
        for (Map.Entry<Arch, OfArch> entry : difference.arches().entrySet()) {
            OfArch of = entry.getValue();
            json.object(entry.getKey().label());
            json.field("inA", of.inFirst());
            json.field("inB", of.inSecond());
            changes("gained", of.gained());
            changes("lost", of.lost());
            answers(of);
            json.end();
        }
        json.end();
        flags("flagsGained", difference.flagsGained());
        flags("flagsLost", difference.flagsLost());
    }

    private void changes(String key, List<Change> changes) {
        json.array(key);
        for (Change change : changes) {
            json.object();
            json.field("syscall", change.syscall());
            Optional<Risk> risk = change.risk();
            if (risk.isPresent()) {
                json.field("risk", risk.get().riskClass().label());
                json.field("reason", risk.get().reason());
            }
            when(change.when());
            json.end();
        }
        json.end();
    }

    private void answers(OfArch of) {
        json.array("answers");
        for (DenialChange answer : of.denials()) {
            json.object();
            json.field("syscall", answer.syscall());
            when(answer.when());
            both(answer);
            json.end();
        }
        json.end();
        if (of.defaults().isPresent()) {
            json.object("default");
            both(of.defaults().get());
            json.end();
        }
    }

    private void both(DenialChange answer) {
        decision("a", answer.first());
        decision("b", answer.second());
    }

    private void decision(String key, Decision decision) {
        json.object(key);
        json.field("action", decision.action().token());
        if (decision.action().takesErrno()) {
            json.field("errnoRet", decision.errno());
        }
        json.end();
    }

    /**
     * {@code when} or {@code unless}: alternatives of conditions that must all hold; neither when all arguments are meant,
     * and {@code some} when the conditions are too many to list.
     */
    private void when(ArgumentSet when) {
        if (when.equals(ArgumentSet.ALL)) {
            return;
        }
        if (when.equals(ArgumentSet.SOME)) {
            json.field("some", true);
            return;
        }
        json.array(when.isUnless() ? "unless" : "when");
        for (ImmutableList<Condition> alternative : when.alternatives()) {
            json.array();
            for (Condition condition : alternative) {
                ConditionJson.write(condition, json);
            }
            json.end();
        }
        json.end();
    }

    private void flags(String key, Set<Flag> flags) {
        if (!flags.isEmpty()) {
            json.field(key, flags.stream().map(Flag::token).toList());
        }
    }
}
