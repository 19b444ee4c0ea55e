package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a trace costs is its live tasks, not its length: 300 MB are read from a pipe in a JVM of 64 MB. */
@RequiresTool("java")
class MemoryIT {
    private static final long BYTES = 300L << 20;
    private static final int TASKS = 10_000;

    @TempDir
    Path directory;

    /** Counts what it writes. */
    private static final class Trace {
        private final OutputStream out;
        long bytes;
        long lines;

        Trace(OutputStream out) {
            this.out = out;
        }

        void line(String line) throws IOException {
            byte[] encoded = (line + "\n").getBytes(StandardCharsets.ISO_8859_1);
            out.write(encoded);
            bytes += encoded.length;
            lines++;
        }
    }

    @Test
    @Timeout(600)
    void traceMayBeLargerThanMemory() throws IOException, InterruptedException {
        Path json = directory.resolve("observation.json");
        Path messages = directory.resolve("messages");
        Process reader = new ProcessBuilder(command(json))
                .redirectErrorStream(true)
                .redirectOutput(messages.toFile())
                .start();
        long lines;
        try (OutputStream out = new BufferedOutputStream(reader.getOutputStream(), 1 << 16)) {
            Trace trace = new Trace(out);
            for (int round = 0; trace.bytes < BYTES; round++) {
                round(trace, round);
            }
            lines = trace.lines;
        }
        assertEquals(0, reader.waitFor(), () -> read(messages));
        String total = "\"lines\": {\"total\": " + lines + ",";
        String written = Files.readString(json);
        assertTrue(written.contains(total), () -> total + " in " + written.substring(0, 200));
    }

    private static List<String> command(Path json) {
        List<String> command = new ArrayList<>(List.of("java", "-Xmx64m"));
        String jar = System.getProperty("strait.jar", "");
        if (jar.isEmpty()) {
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.github.strait.cli.Main"));
        } else {
            command.addAll(List.of("-jar", jar));
        }
        command.addAll(List.of("summarize", "-q", "-o", json.toString(), "-"));
        return command;
    }

    /** Tasks that fork, execute ever new programs, fail in many ways and never return; long lines; bytes that are no text. */
    private static void round(Trace trace, int round) throws IOException {
        for (int i = 0; i < TASKS; i++) {
            int tid = 1 + i;
            trace.line(tid + " [  59] execve(\"/bin/p" + round + "-" + i + "\", [\"p\"], 0x7ffd12345678) = 0");
            trace.line(tid + " [   2] open(\"/tmp/) = 0 <unfinished ...>\", O_RDONLY) = -1 EODD" + i + " (Odd)");
            trace.line(tid + " [  57] fork() = " + (tid + 1));
            trace.line(tid + " [   0] read(3 <unfinished ...>");
            trace.line("<... write resumed>) = " + i);
            trace.line("word" + round + "x" + i + "(0) = 0");
        }
        trace.line("1 [   1] write(1, \"" + "x".repeat(3 << 20) + "\", 5) = 5");
        trace.line("1 [   1] write(1, \"" + "[{(".repeat(1 << 18) + "\0\u00e4");
    }

    private static String read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
            return String.join("\n", lines.subList(0, Math.min(20, lines.size())));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
