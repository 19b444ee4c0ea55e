package io.github.strait.observation;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.json.JsonWriter;
import io.github.strait.syscall.Arch;
import java.util.Collection;
import java.util.Map;

/**
 * Writes an observation as JSON, schema version 1: first the sum over all runs, which callers rely on, then each run
 * under {@code evidence}. The sum can be recomputed from the runs. The same observation gives the same bytes.
 */
public final class ObservationWriter {
    static final String SCHEMA = "observation/1";

    // names of files and programs come from anywhere, and the text may go to a terminal
    private final JsonWriter json = JsonWriter.ascii(JsonWriter.Layout.LINES);

    private ObservationWriter() {}

    /** The JSON text, with a final newline. */
    public static String write(Observation observation) {
        ObservationWriter writer = new ObservationWriter();
        writer.document(observation);
        return writer.json.text();
    }

    private void document(Observation observation) {
        json.object();
        json.field("strait", SCHEMA);
        json.field("runs", observation.runs().size());
        lines(observation.lines());
        json.object("architectures");
        for (Map.Entry<Arch, ArchObservation> entry :
                observation.architectures().entrySet()) {
            sum(entry.getKey(), entry.getValue(), observation.runsBySyscall(entry.getKey()));
        }
        json.end();
        json.array("evidence");
        for (Run run : observation.runs()) {
            run(run);
        }
        json.end();
        json.end();
    }

    private void lines(LineCounts lines) {
        json.onOneLine().object("lines");
        json.field("total", lines.total());
        json.field("calls", lines.calls());
        json.field("other", lines.other());
        json.field("unparsed", lines.unparsed());
        json.end();
    }

    private void sum(Arch arch, ArchObservation seen, Map<String, Integer> runs) {
        json.object(arch.label());
        json.field("proof", seen.proof().label());
        json.object("syscalls");
        for (Map.Entry<String, SyscallObservation> entry : seen.syscalls().entrySet()) {
            json.onOneLine().object(entry.getKey());
            json.field("count", entry.getValue().count());
            json.field("runs", runs.getOrDefault(entry.getKey(), 0));
            strings("alternatives", entry.getValue().alternatives());
            json.end();
        }
        json.end();
        json.end();
    }

    private void run(Run run) {
        json.object();
        json.field("id", run.id());
        json.field("source", run.source());
        lines(run.lines());
        strings(
                "unparsedAt",
                run.unparsedAt().stream().map(SourcePosition::toString).toList());
        strings("marks", run.marks().stream().map(RunMark::label).toList());
        if (run.completeness().isPresent()) {
            CompletenessJson.write(run.completeness().get(), json);
        }
        json.object("architectures");
        for (Map.Entry<Arch, ArchObservation> entry : run.architectures().entrySet()) {
            json.object(entry.getKey().label());
            json.field("proof", entry.getValue().proof().label());
            json.object("syscalls");
            for (Map.Entry<String, SyscallObservation> call :
                    entry.getValue().syscalls().entrySet()) {
                json.onOneLine().object(call.getKey());
                details(call.getValue());
                json.end();
            }
            json.end();
            json.end();
        }
        json.end();
        json.end();
    }

    private void details(SyscallObservation seen) {
        json.field("count", seen.count());
        json.field("succeeded", seen.succeeded());
        if (seen.unreturned() > 0) {
            json.field("unreturned", seen.unreturned());
        }
        if (!seen.errors().isEmpty()) {
            json.object("errors");
            for (Map.Entry<String, Long> error : seen.errors().entrySet()) {
                json.field(error.getKey(), error.getValue());
            }
            json.end();
        }
        json.field("first", seen.first().toString());
        strings("programs", seen.programs());
        if (seen.morePrograms()) {
            json.field("morePrograms", true);
        }
        strings("alternatives", seen.alternatives());
    }

    private void strings(String field, Collection<String> values) {
        if (!values.isEmpty()) {
            json.onOneLine().field(field, values);
        }
    }
}
