package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the exit status says of output that could not be written. */
class StandardOutputTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int finish(StandardOutput out, int status) {
        return out.finish(status, Strait.stream(err));
    }

    @Test
    void whatWasWrittenKeepsItsStatus() throws IOException {
        Path file = directory.resolve("out");
        try (StandardOutput out = StandardOutput.of(new FileOutputStream(file.toFile()))) {
            assertFalse(out.isUsed());
            out.print("a\u00e9");
            assertEquals(ExitStatus.FINDING, finish(out, ExitStatus.FINDING));
            assertTrue(out.isUsed());
        }
        assertEquals("a\u00e9", Files.readString(file));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aFullDeviceIsTroubleAndIsSaidOnce() throws IOException {
        for (int status : new int[] {ExitStatus.DONE, ExitStatus.FINDING, ExitStatus.TROUBLE}) {
            err.reset();
            try (StandardOutput out = StandardOutput.of(new FileOutputStream("/dev/full"))) {
                out.print("text");
                assertEquals(ExitStatus.TROUBLE, finish(out, status));
                assertFalse(StandardOutput.isBrokenPipe(out));
            }
            // a command that ends in trouble has said why
            assertEquals(
                    status == ExitStatus.TROUBLE
                            ? ""
                            : "strait: error: standard output cannot be written (is the disk full?) [cannot-write]\n",
                    err.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void otherStreamsAreNoPipes() {
        assertFalse(StandardOutput.isBrokenPipe(Strait.stream(err)));
    }
}
