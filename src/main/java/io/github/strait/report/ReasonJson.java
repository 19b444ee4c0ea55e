package io.github.strait.report;

import io.github.strait.derive.Reason;
import io.github.strait.json.JsonWriter;

/** Why a call is allowed, for programs. */
final class ReasonJson {
    private ReasonJson() {}

    /** Writes the reason into an object. */
    static void write(JsonWriter json, Reason reason) {
        if (reason instanceof Reason.Observed observed) {
            json.field("kind", "observed");
            json.field("count", observed.seen().count());
            json.field("runs", observed.runs());
            json.field("first", observed.seen().first().toString());
        } else if (reason instanceof Reason.Layered layered) {
            json.field("kind", "layer");
            json.field("layer", layered.layer());
            json.field("why", layered.why());
        } else if (reason instanceof Reason.Alternative alternative) {
            json.field("kind", "alternative");
            json.field("multiplexer", alternative.multiplexer());
        } else if (reason instanceof Reason.Fallback fallback) {
            json.field("kind", "fallback");
            json.field("refused", fallback.refused());
        }
    }
}
