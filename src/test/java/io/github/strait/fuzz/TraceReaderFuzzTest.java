package io.github.strait.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.strait.trace.Arguments;
import io.github.strait.trace.Ending;
import io.github.strait.trace.Line;
import io.github.strait.trace.LineKind;
import io.github.strait.trace.TraceEvent;
import io.github.strait.trace.TraceReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes, a trace is read to its end, and every line of it is something. */
class TraceReaderFuzzTest {
    /** Hands out no more than so many bytes at once. */
    private static final class Pieces extends InputStream {
        private final ByteArrayInputStream in;
        private final int most;

        Pieces(byte[] bytes, int most) {
            this.in = new ByteArrayInputStream(bytes);
            this.most = most;
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] buffer, int from, int length) {
            return in.read(buffer, from, Math.min(length, most));
        }
    }

    static Stream<byte[]> seeds() {
        return Seeds.traces();
    }

    @MethodSource("seeds")
    @FuzzTest
    void everyLineIsSomething(byte[] trace) throws IOException {
        List<TraceEvent> events = new ArrayList<>();
        long lines = new TraceReader(new ByteArrayInputStream(trace)).forEach(line -> {
            check(line);
            events.add(TraceEvent.of(line));
            assertEquals(events.size(), line.lineNumber());
        });
        assertEquals(lineCount(trace), lines);
        assertEquals(lines, events.size());
        assertEquals(events, events(new Pieces(trace, 1)));
        assertEquals(events, events(new Pieces(trace, 2 + trace.length / 3)));
    }

    private static List<TraceEvent> events(InputStream in) throws IOException {
        List<TraceEvent> events = new ArrayList<>();
        new TraceReader(in).forEach(line -> events.add(TraceEvent.of(line)));
        return events;
    }

    private static void check(Line line) {
        int length = line.bytes().length;
        assertTrue(0 <= line.nameStart() && line.nameStart() <= line.nameEnd() && line.nameEnd() <= length);
        assertTrue(line.tid() >= 0 && line.otherTid() >= 0 && line.attachedTid() >= 0 && line.markerTid() >= 0);
        assertTrue(line.addressDigits() == 0 || line.addressDigits() == 8 || line.addressDigits() == 16);
        assertEquals(line.ending() == Ending.ERROR, !line.errno().isEmpty());
        // the title of a table names a mode, too, and no task
        boolean titled = line.kind() == LineKind.SUMMARY && !line.markerMode().isEmpty();
        assertEquals(line.markerMode().isEmpty() || titled, line.markerTid() == 0);
        assertEquals(line.kind(), kind(TraceEvent.of(line)));
        if (line.kind() == LineKind.CALL) {
            assertNotEquals("", line.name());
        }
        assertTrue(line.text().contains(line.name()));
        check(line.arguments(), line.text());
    }

    private static void check(Arguments arguments, String text) {
        for (int i = 0; i < arguments.size(); i++) {
            assertTrue(text.contains(arguments.text(i)));
            assertTrue(
                    arguments.string(i).orElse("").length() <= arguments.text(i).length());
            arguments.hexadecimal(i).ifPresent(value -> assertTrue(text.contains("0x")));
        }
        assertEquals("", arguments.text(arguments.size()));
    }

    private static LineKind kind(TraceEvent event) {
        if (event instanceof TraceEvent.Furniture furniture) {
            return furniture.kind();
        }
        return Stream.of(LineKind.values())
                .filter(kind -> kind.name().equalsIgnoreCase(event.getClass().getSimpleName()))
                .findFirst()
                .orElseThrow();
    }

    private static int lineCount(byte[] bytes) {
        int count = 0;
        for (byte b : bytes) {
            count += b == '\n' ? 1 : 0;
        }
        return bytes.length == 0 || bytes[bytes.length - 1] == '\n' ? count : count + 1;
    }
}
