package io.github.strait.report;

import io.github.strait.json.JsonWriter;
import io.github.strait.report.EvidenceChanges.Made;
import io.github.strait.report.EvidenceChanges.NewValues;
import io.github.strait.report.EvidenceChanges.OfProgram;
import io.github.strait.syscall.Risk;
import java.util.List;

/** What else differs between two evidences, for programs: the key {@code evidence} of a difference. */
final class EvidenceChangesJson {
    private EvidenceChangesJson() {}

    static void write(JsonWriter json, EvidenceChanges changes) {
        json.object("evidence");
        json.field("cautions", changes.cautions());
        json.array("programs");
        for (OfProgram program : changes.programs()) {
            json.object();
            json.field("architecture", program.arch().label());
            if (!program.before().isEmpty()) {
                json.field("inA", program.before());
            }
            if (!program.after().isEmpty()) {
                json.field("inB", program.after());
            }
            calls(json, "gained", program.gained());
            calls(json, "lost", program.lost());
            json.end();
        }
        json.end();
        json.array("libraries");
        for (LibraryChanges library : changes.libraries()) {
            json.object();
            json.field("library", library.name());
            json.field("gained", library.gained());
            json.field("lost", library.lost());
            json.end();
        }
        json.end();
        json.array("values");
        for (NewValues values : changes.values()) {
            json.object();
            json.field("architecture", values.arch().label());
            json.field("syscall", values.syscall());
            json.field("arguments", values.place());
            json.field("gained", values.values());
            json.end();
        }
        json.end();
        json.end();
    }

    /** Count and place are those of the call, of all programs. */
    private static void calls(JsonWriter json, String key, List<Made> calls) {
        json.array(key);
        for (Made made : calls) {
            json.object();
            json.field("syscall", made.syscall());
            Risk.of(made.syscall())
                    .ifPresent(risk -> json.field("risk", risk.riskClass().label()));
            json.field("elsewhere", !made.isOnlyThere());
            json.field("count", made.seen().count());
            json.field("first", made.seen().first().toString());
            json.end();
        }
        json.end();
    }
}
