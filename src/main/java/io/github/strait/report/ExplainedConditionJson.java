package io.github.strait.report;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import io.github.strait.argument.Place;
import io.github.strait.condition.Obstacle;
import io.github.strait.format.ConditionJson;
import io.github.strait.json.JsonWriter;
import io.github.strait.observation.Sighting;
import io.github.strait.profile.Condition;
import io.github.strait.report.ExplainedCondition.Part;

/** The conditions on a call, for programs. */
final class ExplainedConditionJson {
    private final JsonWriter json;

    private ExplainedConditionJson(JsonWriter json) {
        this.json = json;
    }

    /** Writes the fields of an object. */
    static void write(JsonWriter json, ExplainedCondition condition) {
        new ExplainedConditionJson(json).write(condition);
    }

    private void write(ExplainedCondition condition) {
        json.array("opened");
        for (Part part : condition.parts()) {
            json.object();
            part(part);
            json.end();
        }
        json.end();
        json.field("limits", condition.limits());
        json.field("otherwise", condition.errno());
        json.array("obstacles");
        for (Obstacle obstacle : condition.obstacles()) {
            json.object();
            obstacle(json, obstacle);
            json.end();
        }
        json.end();
        json.array("alternatives");
        for (ImmutableList<Condition> all : Iterables.filter(condition.alternatives(), all -> !all.isEmpty())) {
            json.array();
            for (Condition one : all) {
                ConditionJson.write(one, json);
            }
            json.end();
        }
        json.end();
    }

    private void part(Part part) {
        json.field("values", part.values());
        if (!part.group().isEmpty()) {
            json.field("group", part.group());
            json.field("why", part.why());
        }
        if (part.seen().isPresent()) {
            Sighting seen = part.seen().get();
            json.object("seen");
            json.field("count", seen.count());
            json.field("runs", part.runs());
            json.field("first", seen.first().toString());
            json.end();
        }
    }

    /** Writes the fields of a reason why there is no condition. */
    static void obstacle(JsonWriter json, Obstacle obstacle) {
        json.field("kind", Ascii.toLowerCase(obstacle.kind().name()));
        obstacle.place().map(Place::toString).ifPresent(at -> json.field("at", at));
        json.field("why", obstacle.words());
        obstacle.at().ifPresent(at -> json.field("first", at.toString()));
        obstacle.remedy().ifPresent(remedy -> json.field("remediation", remedy));
    }
}
