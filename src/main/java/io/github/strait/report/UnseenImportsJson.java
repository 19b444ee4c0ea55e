package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import io.github.strait.derive.ImportedCalls.Importer;
import io.github.strait.json.JsonWriter;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.RiskClass;
import java.util.Map;

/** What the programs import and no run shows, as the value of {@code "imports"} in reports. */
final class UnseenImportsJson {
    private UnseenImportsJson() {}

    /** Writes the field, unless nothing is known of any program. */
    static void write(UnseenImports unseen, JsonWriter json) {
        if (unseen.isEmpty()) {
            return;
        }
        json.object("imports");
        json.field("programs", unseen.programs());
        json.field("notApplicable", unseen.inapplicable());
        json.field("invisible", unseen.hidden());
        json.object("unseen");
        for (Map.Entry<Arch, ImmutableList<UnseenImports.Purpose>> arch :
                unseen.architectures().entrySet()) {
            json.object(arch.getKey().label());
            for (UnseenImports.Purpose purpose : arch.getValue()) {
                json.object(purpose.name());
                purpose.calls().forEach(call -> call(call, json));
                json.end();
            }
            json.end();
        }
        json.end();
        json.end();
    }

    private static void call(UnseenImports.Call call, JsonWriter json) {
        json.object(call.name());
        if (call.risk().isPresent()) {
            json.field("risk", call.risk().map(RiskClass::label).orElse(""));
        }
        if (call.heldBack().isPresent()) {
            json.field("notInLayers", call.heldBack().get());
        }
        json.field("because", call.importers().stream().map(Importer::words).toList());
        json.end();
    }
}
