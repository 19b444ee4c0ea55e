package io.github.strait.record;

import io.github.strait.elf.ImportReader;
import io.github.strait.observation.ImportsLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;

/** Notes behind a trace what the programs import that were executed, as they are when the recording ends. */
final class ExecutedImports {
    private ExecutedImports() {}

    /**
     * Adds a line for each program that can be read; none when there is no room for all.
     *
     * @param programs their names; relative ones from the folder of the command
     */
    static void append(Collection<String> programs, Path trace) throws IOException {
        ImportReader reader = new ImportReader(Path.of("/"));
        StringBuilder lines = new StringBuilder();
        for (String program : programs) {
            reader.find(Path.of(program).toAbsolutePath().toString())
                    .flatMap(ImportsLine::of)
                    .ifPresent(lines::append);
        }
        try (FileChannel file = FileChannel.open(trace, StandardOpenOption.WRITE)) {
            long end = file.size();
            try {
                ByteBuffer bytes = StandardCharsets.US_ASCII.encode(CharBuffer.wrap(lines));
                while (bytes.hasRemaining()) {
                    file.write(bytes, end + bytes.position());
                }
            } catch (IOException e) {
                file.truncate(end); // the trace counts without them
            }
        }
    }
}
