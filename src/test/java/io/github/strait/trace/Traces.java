package io.github.strait.trace;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads traces that tests hold in memory. */
final class Traces {
    private Traces() {}

    static List<TraceEvent> events(String trace) {
        return events(trace.getBytes(StandardCharsets.UTF_8));
    }

    static List<TraceEvent> events(byte[] trace) {
        return events(new ByteArrayInputStream(trace));
    }

    static List<TraceEvent> events(InputStream in) {
        List<TraceEvent> events = new ArrayList<>();
        try {
            new TraceReader(in).forEach(line -> events.add(TraceEvent.of(line)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return events;
    }
}
