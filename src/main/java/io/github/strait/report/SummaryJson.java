package io.github.strait.report;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.condition.Obstacle;
import io.github.strait.derive.DerivedLayer;
import io.github.strait.json.JsonWriter;
import io.github.strait.profile.Action;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.RiskClass;
import java.util.List;
import java.util.Map;

/** A summary for programs. The same summary gives the same bytes. */
public final class SummaryJson {
    static final String SCHEMA = "summary/1";

    private SummaryJson() {}

    /** The document, with a final newline. */
    public static String of(Summary summary) {
        return JsonText.of(SCHEMA, json -> fields(json, summary));
    }

    /** Writes the fields of an object. */
    static void fields(JsonWriter json, Summary summary) {
        EvidenceCountsJson.write(json, summary.evidence());
        if (summary.strangers().isPresent()) {
            Summary.Strangers programs = summary.strangers().get();
            json.field("differentPrograms", List.of(programs.one(), programs.other()));
        }
        json.object("architectures");
        for (Map.Entry<Arch, Summary.Allowed> arch : summary.architectures().entrySet()) {
            json.object(arch.getKey().label());
            json.field("allowed", arch.getValue().total());
            json.field("observed", arch.getValue().observed());
            json.field("layered", arch.getValue().layered());
            if (arch.getValue().derived().isPresent()) {
                Summary.Derived derived = arch.getValue().derived().get();
                json.field("proof", DerivedLayer.NAME);
                json.object("derived");
                json.field("from", derived.from().label());
                json.field("same", derived.same());
                json.field("mapped", derived.mapped());
                json.field("start", derived.start());
                json.end();
            }
            json.field("dockerDefault", arch.getValue().dockerDefault());
            json.field("addedByUnion", summary.addedByUnion().getOrDefault(arch.getKey(), ImmutableSortedSet.of()));
            json.end();
        }
        json.end();
        names(json, "layers", summary.layers());
        json.object("risky");
        for (Map.Entry<RiskClass, ImmutableSortedSet<String>> risk :
                summary.risky().entrySet()) {
            json.field(risk.getKey().label(), risk.getValue());
        }
        json.end();
        UnseenImportsJson.write(summary.imports(), json);
        json.field("deniedByDocker", summary.deniedByDocker());
        if (summary.defaultAction() != Action.ERRNO) {
            json.field("defaultAction", summary.defaultAction().token());
        }
        json.object("denials");
        names(json, "fallback", summary.denials().fallback());
        names(json, "asked", summary.denials().asked());
        names(json, "elided", summary.denials().elided());
        json.end();
        if (summary.arguments().isPresent()) {
            arguments(json, summary.arguments().get());
        }
    }

    private static void arguments(JsonWriter json, Summary.ByArgument arguments) {
        json.object("arguments");
        json.field("compared", arguments.compared());
        json.object("others");
        for (Map.Entry<String, Obstacle> each : arguments.others().entrySet()) {
            json.object(each.getKey());
            ExplainedConditionJson.obstacle(json, each.getValue());
            json.end();
        }
        json.end();
        json.end();
    }

    private static void names(JsonWriter json, String key, Map<String, ImmutableSortedSet<String>> names) {
        json.object(key);
        for (Map.Entry<String, ImmutableSortedSet<String>> each : names.entrySet()) {
            json.field(each.getKey(), each.getValue());
        }
        json.end();
    }
}
