package io.github.strait.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Recorded traces of strace 4.10 to 7.2. {@code calls.tsv} says how many calls begin in each: where the kernel's tracepoints
 * counted in the same run, by their count. No line of any of them may stay unparsed.
 */
class CorpusTest {
    /** One row of the table. */
    record Recording(String file, long calls, long unparsed, String source) {
        static Recording of(String row) {
            List<String> cells = Splitter.on('\t').splitToList(row);
            return new Recording(
                    cells.get(0), Long.parseLong(cells.get(1)), Long.parseLong(cells.get(2)), cells.get(3));
        }

        @Override
        public String toString() {
            return file + " (" + source + ")";
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void hasItsCalls(Recording recording) throws IOException {
        try (InputStream in = CorpusTest.class.getResourceAsStream("corpus/" + recording.file())) {
            List<TraceEvent> events = Traces.events(in);
            assertEquals(recording.calls(), count(events, TraceEvent.Call.class));
            assertEquals(recording.unparsed(), count(events, TraceEvent.Unparsed.class));
        }
    }

    private static long count(List<TraceEvent> events, Class<? extends TraceEvent> kind) {
        return events.stream().filter(kind::isInstance).count();
    }

    static Stream<Recording> recordings() throws IOException {
        try (InputStream in = CorpusTest.class.getResourceAsStream("corpus/calls.tsv")) {
            String table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Splitter.on('\n').splitToStream(table.strip()).skip(1).map(Recording::of);
        }
    }
}
