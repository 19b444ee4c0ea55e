package io.github.strait.format.c;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sources byte for byte. To regenerate them, run with {@code -Dstrait.regenerate=true}, and read the diff. */
final class GoldenSource {
    private static final Path FOLDER = Path.of("src/test/resources/io/github/strait/format/c");

    private GoldenSource() {}

    static void assertSame(String name, String written) throws IOException {
        Path file = FOLDER.resolve(name);
        if (Boolean.getBoolean("strait.regenerate")) {
            Files.writeString(file, written);
        }
        assertEquals(Files.readString(file), written);
    }
}
