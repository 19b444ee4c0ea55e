package io.github.strait.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.syscall.Arch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceStreamTest {
    private static final String CALL = "7 read(3, \"\", 1) = 0\n";

    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();

    private void read(String evidence, InputStream stdin) {
        ReadListener listener = (file, done, size, lines, calls) ->
                told.add(file + " " + done + "/" + size + " " + lines + " lines " + calls + " calls");
        new EvidenceReader(Optional.of(Arch.X86_64), Arch.X86_64, stdin, listener).read(List.of(evidence));
    }

    @Test
    void theBytesOfTheFileAndTheLinesInItAreTold() throws IOException {
        Path file = folder.resolve("t.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((CALL + CALL + "7 +++ exited with 0 +++\n").getBytes(StandardCharsets.UTF_8));
        }
        read(file.toString(), InputStream.nullInputStream());
        assertEquals(List.of(file + " " + Files.size(file) + "/" + Files.size(file) + " 3 lines 2 calls"), told);
    }

    @Test
    void aLongTraceIsToldInPortions() {
        byte[] trace = CALL.repeat(100_000).getBytes(StandardCharsets.UTF_8);
        read("-", new ByteArrayInputStream(trace));
        assertTrue(told.size() > 3, told.toString());
        assertEquals("- " + trace.length + "/0 100000 lines 100000 calls", told.get(told.size() - 1));
    }

    @Test
    void theFilesOfASetAddUp() throws IOException {
        Files.writeString(folder.resolve("t.7"), "read(3, \"\", 1) = 0\n");
        Files.writeString(folder.resolve("t.8"), "read(3, \"\", 1) = 0\nclose(3) = 0\n");
        read(folder.resolve("t").toString(), InputStream.nullInputStream());
        assertEquals(
                List.of(
                        folder.resolve("t.7") + " 19/19 1 lines 1 calls",
                        folder.resolve("t.8") + " 32/32 3 lines 3 calls"),
                told);
    }
}
