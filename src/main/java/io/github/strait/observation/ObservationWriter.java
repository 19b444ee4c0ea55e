package io.github.strait.observation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;

/**
 * Writes an observation as JSON, schema version 1: first the sum over all runs, which callers rely on, then under
 * {@code evidence} each run with the details, from which the sum can be made again. The same observation gives the same
 * bytes.
 */
public final class ObservationWriter {
    static final String SCHEMA = "observation/1";

    private final JsonGenerator json;
    private final LeafPrinter printer = new LeafPrinter();

    private ObservationWriter(JsonGenerator json) {
        this.json = json;
        json.setPrettyPrinter(printer);
        // names of files and programs come from anywhere, and the text may go to a terminal
        json.setHighestNonEscapedChar('~');
    }

    /** The JSON text, with a final newline. */
    public static String write(Observation observation) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            new ObservationWriter(json).document(observation);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.append('\n').toString();
    }

    private void document(Observation observation) throws IOException {
        json.writeStartObject();
        json.writeStringField("strait", SCHEMA);
        json.writeNumberField("runs", observation.runs().size());
        lines(observation.lines());
        json.writeObjectFieldStart("architectures");
        for (Map.Entry<Arch, ArchObservation> entry :
                observation.architectures().entrySet()) {
            sum(entry.getKey(), entry.getValue(), observation.runsBySyscall(entry.getKey()));
        }
        json.writeEndObject();
        json.writeArrayFieldStart("evidence");
        for (Run run : observation.runs()) {
            run(run);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void lines(LineCounts lines) throws IOException {
        json.writeFieldName("lines");
        printer.leaf(true);
        json.writeStartObject();
        json.writeNumberField("total", lines.total());
        json.writeNumberField("calls", lines.calls());
        json.writeNumberField("other", lines.other());
        json.writeNumberField("unparsed", lines.unparsed());
        json.writeEndObject();
        printer.leaf(false);
    }

    private void sum(Arch arch, ArchObservation seen, Map<String, Integer> runs) throws IOException {
        json.writeObjectFieldStart(arch.label());
        json.writeStringField("proof", seen.proof().label());
        json.writeObjectFieldStart("syscalls");
        for (Map.Entry<String, SyscallObservation> entry : seen.syscalls().entrySet()) {
            json.writeFieldName(entry.getKey());
            printer.leaf(true);
            json.writeStartObject();
            json.writeNumberField("count", entry.getValue().count());
            json.writeNumberField("runs", runs.getOrDefault(entry.getKey(), 0));
            strings("alternatives", entry.getValue().alternatives());
            json.writeEndObject();
            printer.leaf(false);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void run(Run run) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", run.id());
        json.writeStringField("source", run.source());
        lines(run.lines());
        strings(
                "unparsedAt",
                run.unparsedAt().stream().map(SourcePosition::toString).toList());
        strings("marks", run.marks().stream().map(RunMark::label).toList());
        if (run.completeness().isPresent()) {
            CompletenessJson.write(run.completeness().get(), json, printer);
        }
        json.writeObjectFieldStart("architectures");
        for (Map.Entry<Arch, ArchObservation> entry : run.architectures().entrySet()) {
            json.writeObjectFieldStart(entry.getKey().label());
            json.writeStringField("proof", entry.getValue().proof().label());
            json.writeObjectFieldStart("syscalls");
            for (Map.Entry<String, SyscallObservation> call :
                    entry.getValue().syscalls().entrySet()) {
                json.writeFieldName(call.getKey());
                details(call.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void details(SyscallObservation seen) throws IOException {
        printer.leaf(true);
        json.writeStartObject();
        json.writeNumberField("count", seen.count());
        json.writeNumberField("succeeded", seen.succeeded());
        if (seen.unreturned() > 0) {
            json.writeNumberField("unreturned", seen.unreturned());
        }
        if (!seen.errors().isEmpty()) {
            json.writeObjectFieldStart("errors");
            for (Map.Entry<String, Long> error : seen.errors().entrySet()) {
                json.writeNumberField(error.getKey(), error.getValue());
            }
            json.writeEndObject();
        }
        json.writeStringField("first", seen.first().toString());
        strings("programs", seen.programs());
        if (seen.morePrograms()) {
            json.writeBooleanField("morePrograms", true);
        }
        strings("alternatives", seen.alternatives());
        json.writeEndObject();
        printer.leaf(false);
    }

    private void strings(String field, Collection<String> values) throws IOException {
        if (!values.isEmpty()) {
            json.writeFieldName(field);
            boolean nested = printer.isLeaf();
            printer.leaf(true);
            json.writeStartArray();
            for (String value : values) {
                json.writeString(value);
            }
            json.writeEndArray();
            printer.leaf(nested);
        }
    }
}
