package io.github.strait.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.EvidenceFiles.Candidate;
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

class PartsTest {
    private static final List<Candidate> PIECES = IntStream.range(0, 8)
            .mapToObj(i -> new Candidate("piece" + i, List.of("piece" + i), List.of(0), false))
            .toList();

    private static PartReader part() {
        return new PartReader(
                Optional.empty(),
                Arch.X86_64,
                InputStream.nullInputStream(),
                ReadListener.NONE,
                ArgumentWatch.NONE,
                ProgramChoice.ALL);
    }

    private static RefusalException refusal(Candidate piece) {
        return new RefusalException(Diagnostic.error("no-evidence", null, piece.name()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 8})
    void partsComeInTheOrderOfThePieces(int threads) {
        Map<Candidate, PartReader> made = new ConcurrentHashMap<>();
        List<PartReader> parts = Parts.read(PIECES, piece -> made.computeIfAbsent(piece, key -> part()), threads);
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
                () -> Parts.read(
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
        Parts.Reading reading = piece -> {
            begun.countDown();
            try {
                begun.await();
            } catch (InterruptedException e) {
                throw refusal(piece);
            }
            return part();
        };
        assertEquals(2, Parts.read(PIECES.subList(0, 2), reading, 2).size());
    }

    @Test
    void aFaultIsNoRefusal() {
        assertThrows(
                ArithmeticException.class,
                () -> Parts.read(
                        PIECES,
                        piece -> {
                            throw new ArithmeticException();
                        },
                        2));
    }
}
