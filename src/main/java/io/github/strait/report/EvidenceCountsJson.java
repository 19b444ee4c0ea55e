package io.github.strait.report;

import io.github.strait.json.JsonWriter;
import io.github.strait.observation.LineCounts;
import io.github.strait.observation.NewCallRateJson;
import io.github.strait.observation.Omission;
import io.github.strait.observation.Recording;
import io.github.strait.observation.RunMark;
import java.util.Map;

/** The counts of evidence for programs, with the keys of an observation. */
final class EvidenceCountsJson {
    private EvidenceCountsJson() {}

    /** Writes them into an object. */
    static void write(JsonWriter json, EvidenceCounts evidence) {
        json.field("runs", evidence.runs());
        NewCallRateJson.write(json, evidence.runs(), evidence.newCalls());
        lines(json, evidence.lines());
        json.object("marks");
        for (Map.Entry<RunMark, Integer> mark : evidence.marked().entrySet()) {
            json.field(mark.getKey().label(), mark.getValue());
        }
        json.end();
        if (!evidence.recorded().isEmpty()) {
            json.object("recorded");
            for (Map.Entry<Recording.Kind, Integer> kind : evidence.recorded().entrySet()) {
                json.field(kind.getKey().label(), kind.getValue());
            }
            json.end();
        }
        if (evidence.partial() > 0) {
            json.field("partial", evidence.partial());
        }
        json.object("incomplete");
        json.field("runs", evidence.incomplete());
        json.field("tasks", evidence.tasks());
        json.object("missing");
        for (Map.Entry<Omission, Long> omission : evidence.omissions().entrySet()) {
            json.field(omission.getKey().label(), omission.getValue());
        }
        json.end();
        json.end();
    }

    /** Writes the numbers of lines as a field. */
    static void lines(JsonWriter json, LineCounts lines) {
        json.object("lines");
        json.field("total", lines.total());
        json.field("calls", lines.calls());
        json.field("other", lines.other());
        json.field("unparsed", lines.unparsed());
        json.end();
    }
}
