package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.strait.trace.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What was learned of the names of other traces does not show in what is observed. */
class VocabularyTest {
    private final Vocabulary vocabulary = new Vocabulary();

    private void isSame(byte[] trace) {
        String quick = Transcript.quick(List.of(trace), false, ProgramChoice.ALL, 1 << 12, 1, vocabulary);
        assertEquals(Transcript.careful(trace), quick);
    }

    private void isSame(int lines, IntFunction<String> line) {
        isSame(IntStream.range(0, lines)
                .mapToObj(line)
                .collect(Collectors.joining("\n", "100 read(3, \"\", 1) = 0\n", "\n"))
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void recordingsAreTheSameAfterOthers() throws IOException {
        for (Path file : RepeatCounterTest.recordings().toList()) {
            try (InputStream in = Compression.open(Files.newInputStream(file))) {
                isSame(in.readAllBytes());
            }
        }
    }

    @Test
    void aNameOfOneTraceIsKnownInTheNext() {
        isSame(1, i -> "100 close(3) = 0");
        PrintedNameTable first = vocabulary.printedNames();
        isSame(1, i -> "200 close(4) = -1 EBADF (Bad file descriptor)");
        assertSame(first, vocabulary.printedNames());
    }

    @Test
    void wordsThatFillItAreForgotten() {
        isSame(3000, i -> "100 word" + i + "(3) = 0");
        PrintedNameTable full = vocabulary.printedNames();
        isSame(1, i -> "100 close(3) = 0");
        assertNotSame(full, vocabulary.printedNames());
    }

    @Test
    void numbersOfEachTraceAreCountedApart() {
        isSame(3000, i -> "100 syscall_" + (1000 + i) + "(3) = 0");
        isSame(3000, i -> "100 syscall_" + (5000 + i) + "(3) = 0");
    }
}
