package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.RefusalException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RecordOptionsTest {
    private static final Path TRACE = Path.of("t.strace");

    @Test
    void recordsEitherACommandOrProcesses() {
        assertThrows(IllegalArgumentException.class, () -> RecordOptions.ofCommand(TRACE, List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new RecordOptions(
                        TRACE,
                        ImmutableList.of("ls"),
                        ImmutableList.of(1L),
                        Optional.empty(),
                        Optional.empty(),
                        LeftOut.NOTHING,
                        Optional.empty(),
                        OptionalLong.empty()));
    }

    @Test
    void refusesWhatIsNoProcess() {
        assertThrows(RefusalException.class, () -> RecordOptions.ofAttached(TRACE, List.of(0L)));
    }

    @Test
    void refusesToRecordForNoTime() {
        RecordOptions options = RecordOptions.ofAttached(TRACE, List.of(1L));
        assertThrows(IllegalArgumentException.class, () -> options.within(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> options.upTo(0));
    }

    @Test
    void namesTheTraceAfterTheCommand() {
        assertEquals(Path.of("ls.strace"), RecordOptions.defaultTrace("ls"));
        assertEquals(Path.of("nginx.strace"), RecordOptions.defaultTrace("/usr/sbin/nginx"));
        assertEquals(Path.of("command.strace"), RecordOptions.defaultTrace("/"));
        assertEquals(Path.of("pid-7.strace"), RecordOptions.defaultTrace(7));
    }
}
