package io.github.strait.observation;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.json.JsonWriter;
import io.github.strait.syscall.Arch;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes an observation as JSON: first the sum over all runs, which callers rely on, then each run under {@code
 * evidence}. The sum can be recomputed from the runs. The same observation gives the same bytes.
 *
 * <p>With fewer than {@value SharedRows#RUNS} runs its schema is version 1, in which each run is written in full. With
 * more it is version 2, which has {@link SharedRows} as well.
 */
public final class ObservationWriter {
    static final String SCHEMA = "observation/1";
    static final String SHARING = "observation/2";

    // names of files and programs come from anywhere, and the text may go to a terminal
    private final JsonWriter json = JsonWriter.ascii(JsonWriter.Layout.LINES);

    private final @Nullable SharedRows shared;

    private ObservationWriter(@Nullable SharedRows shared) {
        this.shared = shared;
    }

    /** The JSON text, with a final newline. */
    public static String write(Observation observation) {
        List<Run> runs = observation.runs();
        ObservationWriter writer = new ObservationWriter(runs.size() < SharedRows.RUNS ? null : new SharedRows(runs));
        writer.document(observation, runs);
        return writer.json.text();
    }

    private void document(Observation observation, List<Run> runs) {
        json.object();
        json.field("strait", shared == null ? SCHEMA : SHARING);
        json.field("runs", runs.size());
        NewCallRates rates = NewCallRates.of(observation);
        NewCallRateJson.write(json, runs.size(), rates.all());
        lines(observation.lines());
        json.object("architectures");
        for (Map.Entry<Arch, ArchObservation> entry :
                observation.architectures().entrySet()) {
            Arch arch = entry.getKey();
            sum(arch, entry.getValue(), observation.runsBySyscall(arch), rates.of(arch));
        }
        json.end();
        ImportsJson.write(observation.imports(), json);
        if (shared != null) {
            shared.write(json);
        }
        json.array("evidence");
        for (Run run : runs) {
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

    private void sum(Arch arch, ArchObservation seen, Map<String, Integer> runs, NewCallRate rate) {
        json.object(arch.label());
        json.field("proof", seen.proof().label());
        json.field("runs", rate.runs());
        NewCallRateJson.write(json, rate);
        json.object("syscalls");
        for (Map.Entry<String, SyscallObservation> entry : seen.syscalls().entrySet()) {
            json.onOneLine().object(entry.getKey());
            json.field("count", entry.getValue().count());
            json.field("runs", runs.getOrDefault(entry.getKey(), 0));
            strings("alternatives", entry.getValue().alternatives(), json);
            json.end();
        }
        json.end();
        json.end();
    }

    private void run(Run run) {
        json.object();
        json.field("id", run.id());
        json.field("source", run.source());
        if (run.recording().isPresent()) {
            json.object(RecordingJson.KEY);
            RecordingJson.write(run.recording().get(), json);
            json.end();
        }
        lines(run.lines());
        strings(
                "unparsedAt",
                run.unparsedAt().stream().map(SourcePosition::toString).toList(),
                json);
        strings("marks", run.marks().stream().map(RunMark::label).toList(), json);
        if (run.completeness().isPresent()) {
            CompletenessJson.write(run.completeness().get(), json);
        }
        if (run.runtime().isPresent()) {
            RuntimePartJson.write(run.runtime().get(), json);
        }
        json.object("architectures");
        for (Map.Entry<Arch, ArchObservation> entry : run.architectures().entrySet()) {
            json.object(entry.getKey().label());
            json.field("proof", entry.getValue().proof().label());
            if (shared == null) {
                syscalls(entry.getValue());
            } else {
                shared.write(entry.getKey(), entry.getValue().syscalls(), run.source(), json);
            }
            json.end();
        }
        json.end();
        json.end();
    }

    private void syscalls(ArchObservation seen) {
        json.object("syscalls");
        for (Map.Entry<String, SyscallObservation> call : seen.syscalls().entrySet()) {
            json.onOneLine().object(call.getKey());
            counts(call.getValue(), json);
            json.field(SharedRows.FIRST, call.getValue().first().toString());
            programs(call.getValue(), json);
            ArgumentsJson.write(call.getValue().arguments(), true, json);
            json.end();
        }
        json.end();
    }

    static void counts(SyscallObservation seen, JsonWriter json) {
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
    }

    static void programs(SyscallObservation seen, JsonWriter json) {
        strings("programs", seen.programs(), json);
        if (seen.morePrograms()) {
            json.field("morePrograms", true);
        }
        strings("alternatives", seen.alternatives(), json);
    }

    static void strings(String field, Collection<String> values, JsonWriter json) {
        if (!values.isEmpty()) {
            json.onOneLine().field(field, values);
        }
    }
}
