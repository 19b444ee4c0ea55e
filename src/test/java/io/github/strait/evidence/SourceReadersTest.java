package io.github.strait.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.follow.ArgumentWatch;
import io.github.strait.follow.FollowOptions;
import io.github.strait.follow.ProgramChoice;
import io.github.strait.follow.Vocabulary;
import io.github.strait.syscall.Arch;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceReadersTest {
    private static final List<EvidenceSource> SOURCES = IntStream.range(0, 8)
            .mapToObj(i -> new EvidenceSource("source" + i, List.of("source" + i), List.of(0), false))
            .toList();

    private static SourceReader part() {
        FollowOptions options = new FollowOptions(Optional.empty(), Arch.X86_64, ArgumentWatch.NONE, ProgramChoice.ALL);
        return new SourceReader(options, null, new Vocabulary(), InputStream.nullInputStream(), ReadListener.NONE);
    }

    private static RefusalException refusal(EvidenceSource source) {
        return new RefusalException(Diagnostic.error("no-evidence", null, source.name()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 8})
    void partsComeInTheOrderOfTheSources(int threads) {
        Map<EvidenceSource, SourceReader> made = new ConcurrentHashMap<>();
        List<SourceReader> parts = SourceReaders.read(
                SOURCES, (source, vocabulary) -> made.computeIfAbsent(source, key -> part()), threads);
        assertEquals(SOURCES.size(), parts.size());
        for (int i = 0; i < parts.size(); i++) {
            assertSame(made.get(SOURCES.get(i)), parts.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void theFirstSourceThatIsRefusedIsTold(int threads) {
        RefusalException refusal = assertThrows(
                RefusalException.class,
                () -> SourceReaders.read(
                        SOURCES,
                        (source, vocabulary) -> {
                            if (SOURCES.indexOf(source) >= 3) {
                                throw refusal(source);
                            }
                            return part();
                        },
                        threads));
        assertEquals("source3", refusal.diagnostic().message());
    }

    /** Each waits until the other has begun. */
    @Test
    void twoAreReadAtOnce() {
        CountDownLatch begun = new CountDownLatch(2);
        SourceReaders.Reading reading = (source, vocabulary) -> {
            begun.countDown();
            try {
                begun.await();
            } catch (InterruptedException e) {
                throw refusal(source);
            }
            return part();
        };
        assertEquals(2, SourceReaders.read(SOURCES.subList(0, 2), reading, 2).size());
    }

    @Test
    void aFaultIsNoRefusal() {
        assertThrows(
                ArithmeticException.class,
                () -> SourceReaders.read(
                        SOURCES,
                        (source, vocabulary) -> {
                            throw new ArithmeticException();
                        },
                        2));
    }
}
