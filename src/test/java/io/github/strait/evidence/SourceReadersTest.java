package io.github.strait.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.EvidenceFiles.EvidenceSource;
import io.github.strait.follow.ArgumentWatch;
import io.github.strait.follow.ProgramChoice;
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
    private static final List<EvidenceSource> PIECES = IntStream.range(0, 8)
            .mapToObj(i -> new EvidenceSource("piece" + i, List.of("piece" + i), List.of(0), false))
            .toList();

    private static SourceReader part() {
        return new SourceReader(
                Optional.empty(),
                Arch.X86_64,
                InputStream.nullInputStream(),
                ReadListener.NONE,
                ArgumentWatch.NONE,
                ProgramChoice.ALL);
    }

    private static RefusalException refusal(EvidenceSource piece) {
        return new RefusalException(Diagnostic.error("no-evidence", null, piece.name()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 8})
    void partsComeInTheOrderOfThePieces(int threads) {
        Map<EvidenceSource, SourceReader> made = new ConcurrentHashMap<>();
        List<SourceReader> parts =
                SourceReaders.read(PIECES, piece -> made.computeIfAbsent(piece, key -> part()), threads);
        assertEquals(PIECES.size(), parts.size());
        for (int i = 0; i < parts.size(); i++) {
            assertSame(made.get(PIECES.get(i)), parts.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void theFirstPieceThatIsRefusedIsTold(int threads) {
        RefusalException refusal = assertThrows(
                RefusalException.class,
                () -> SourceReaders.read(
                        PIECES,
                        piece -> {
                            if (PIECES.indexOf(piece) >= 3) {
                                throw refusal(piece);
                            }
                            return part();
                        },
                        threads));
        assertEquals("piece3", refusal.diagnostic().message());
    }

    /** Each waits until the other has begun. */
    @Test
    void twoAreReadAtOnce() {
        CountDownLatch begun = new CountDownLatch(2);
        SourceReaders.Reading reading = piece -> {
            begun.countDown();
            try {
                begun.await();
            } catch (InterruptedException e) {
                throw refusal(piece);
            }
            return part();
        };
        assertEquals(2, SourceReaders.read(PIECES.subList(0, 2), reading, 2).size());
    }

    @Test
    void aFaultIsNoRefusal() {
        assertThrows(
                ArithmeticException.class,
                () -> SourceReaders.read(
                        PIECES,
                        piece -> {
                            throw new ArithmeticException();
                        },
                        2));
    }
}
