package io.github.strait.report;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.derive.Reason;
import io.github.strait.json.JsonWriter;
import io.github.strait.observation.NewCallRateJson;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Risk;
import java.util.Map;
import java.util.Optional;

/**
 * The result of {@code check} as JSON: the difference as {@code diff} writes it, and the reasons. The same report gives
 * the same bytes.
 */
final class CheckJson {
    private final JsonWriter json;

    private CheckJson(JsonWriter json) {
        this.json = json;
    }

    /** The document, with a final newline. */
    static String of(CheckReport check) {
        return JsonText.of(DifferenceJson.SCHEMA, json -> new CheckJson(json).write(check));
    }

    private void write(CheckReport check) {
        json.field("a", check.file());
        json.field("b", CheckReport.NOW);
        if (check.difference().isPresent()) {
            DifferenceJson.write(json, check.difference().get());
        }
        json.field("identical", check.isIdentical());
        if (check.drift().isPresent()) {
            json.object("drift");
            drift(check.drift().get());
            json.end();
        }
        json.field("scoped", check.isScoped());
        json.object("quality");
        quality(check.quality());
        json.end();
        if (check.start().isPresent()) {
            json.field("start", check.start().get());
        }
        if (!check.isIdentical()) {
            json.field("regenerate", check.regenerate());
        }
    }

    private void quality(CheckReport.Quality quality) {
        json.field("runs", quality.runs());
        NewCallRateJson.write(json, quality.runs(), quality.rates());
        if (quality.minRuns().isPresent()) {
            json.field("minRuns", quality.minRuns().get());
        }
        if (quality.maxNewCallRate().isPresent()) {
            json.decimal(
                    "maxNewCallRate",
                    NewCallRateJson.decimal(quality.maxNewCallRate().get()));
        }
        json.field("met", quality.shortfalls().isEmpty());
        json.field("shortfalls", quality.shortfalls());
    }

    private void drift(Drift drift) {
        json.field("added", drift.added().stream().map(Arch::label).toList());
        json.field("removed", drift.removed().stream().map(Arch::label).toList());
        json.array("gained");
        for (Map.Entry<String, ImmutableSortedMap<Arch, Optional<Reason>>> call :
                drift.gained().entrySet()) {
            json.object();
            json.field("syscall", call.getKey());
            risk(call.getKey());
            reasons(call.getValue());
            json.end();
        }
        json.end();
        json.array("lost");
        for (Map.Entry<String, ImmutableSortedSet<Arch>> call : drift.lost().entrySet()) {
            json.object();
            json.field("syscall", call.getKey());
            json.field(
                    "architectures", call.getValue().stream().map(Arch::label).toList());
            json.end();
        }
        json.end();
    }

    private void risk(String name) {
        Optional<Risk> risk = Risk.of(name);
        if (risk.isPresent()) {
            json.field("risk", risk.get().riskClass().label());
            json.field("reason", risk.get().reason());
        }
    }

    private void reasons(Map<Arch, Optional<Reason>> reasons) {
        json.object("architectures");
        for (Map.Entry<Arch, Optional<Reason>> on : reasons.entrySet()) {
            json.object(on.getKey().label());
            if (on.getValue().isPresent()) {
                ReasonJson.write(json, on.getValue().get());
            } else {
                json.field("kind", "shared");
            }
            json.end();
        }
        json.end();
    }
}
