package io.github.strait.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.follow.Transcript;
import io.github.strait.trace.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Whether the scan is on is the choice of whoever runs the tests; the build runs them both ways. */
class ScanSwitchTest {
    /** On, it must pay; off, no line may be counted unparsed. */
    @Test
    void mostLinesOrNoneAreCountedUnparsed() throws IOException {
        try (InputStream in = Compression.open(Files.newInputStream(Path.of("traces/java.strace.zst")))) {
            byte[] trace = in.readAllBytes();
            long lines = new String(trace, StandardCharsets.ISO_8859_1).lines().count();
            long unparsed = Transcript.unparsed(trace);
            if ("off".equals(System.getProperty("strait.scan"))) {
                assertEquals(0, unparsed);
            } else {
                assertTrue(unparsed > 0.8 * lines, unparsed + " of " + lines);
            }
        }
    }
}
