package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Bytes;
import io.github.strait.evidence.Corpus;
import io.github.strait.trace.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is observed with the scan, in any portions and by any number of threads, is what parsing every line shows. */
class RepeatCounterTest {
    static Stream<Path> recordings() {
        return Stream.of(Corpus.kernel(), Corpus.partial(), Corpus.strace())
                .flatMap(ImmutableList::stream)
                .map(Corpus.Recording::file)
                .filter(Files::isRegularFile);
    }

    static Stream<Path> traces() throws IOException {
        return Files.list(Path.of("traces")).filter(file -> file.toString().endsWith(".zst"));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void isTheSameForRecordings(Path file) throws IOException {
        byte[] once = read(file);
        String careful = Transcript.careful(once);
        assertEquals(careful, Transcript.quick(once, 1 << 18, 1));
        assertEquals(careful, Transcript.quick(once, 997, 3));
        byte[] twice = Bytes.concat(once, once);
        assertEquals(Transcript.careful(twice), Transcript.quick(twice, 1 << 14, 2));
    }

    @ParameterizedTest
    @MethodSource("traces")
    void isTheSameForCommittedTraces(Path file) throws IOException {
        byte[] trace = read(file);
        assertEquals(Transcript.careful(trace), Transcript.quick(trace, 1 << 16, 2));
    }

    @Test
    void aBlockMayBeOneByte() throws IOException {
        byte[] trace = read(Path.of("traces/i386.strace.zst"));
        assertEquals(Transcript.careful(trace), Transcript.quick(trace, 1, 2));
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream in = Compression.open(Files.newInputStream(file))) {
            return in.readAllBytes();
        }
    }
}
