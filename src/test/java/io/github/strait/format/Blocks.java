package io.github.strait.format;

import com.google.common.base.Splitter;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Reads resources of the form of {@code refusals.txt}, and whole ones. */
public final class Blocks {
    private Blocks() {}

    /** A document and the diagnostics that it must give. */
    record Block(String format, String document, List<String> diagnostics) {
        ReadableFormat readable() {
            return (ReadableFormat) Formats.find(format).orElseThrow();
        }

        byte[] bytes() {
            return document.getBytes(StandardCharsets.UTF_8);
        }
    }

    public static Stream<Block> read(String resource) {
        return Splitter.on("\n== ").splitToStream(text(resource)).skip(1).map(Blocks::block);
    }

    public static String text(String resource) {
        return new String(bytes(resource), StandardCharsets.UTF_8);
    }

    public static byte[] bytes(String resource) {
        try {
            return Resources.toByteArray(Resources.getResource(Blocks.class, resource));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Block block(String text) {
        int line = text.indexOf('\n');
        int end = text.indexOf("\n--\n");
        return new Block(
                text.substring(0, line),
                text.substring(line + 1, end + 1),
                text.substring(end + 4).strip().lines().toList());
    }
}
