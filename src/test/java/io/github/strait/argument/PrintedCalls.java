package io.github.strait.argument;

import io.github.strait.trace.Line;
import io.github.strait.trace.LineKind;
import io.github.strait.trace.TraceReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The whole calls of a trace, with their arguments as strace printed them. */
final class PrintedCalls {
    private PrintedCalls() {}

    static void read(InputStream in, BiConsumer<String, List<String>> call) throws IOException {
        new TraceReader(in).forEach(line -> {
            if (line.kind() == LineKind.CALL && line.ending().isFinal()) {
                call.accept(line.name(), texts(line));
            }
        });
    }

    /** The arguments of a line {@code name(...)} that has no result. */
    static List<String> texts(String name, String arguments) throws IOException {
        List<List<String>> found = new ArrayList<>();
        String line = name + "(" + arguments + ") = 0\n";
        read(new ByteArrayInputStream(line.getBytes(StandardCharsets.ISO_8859_1)), (read, texts) -> found.add(texts));
        return found.get(0);
    }

    private static List<String> texts(Line line) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < line.arguments().size(); i++) {
            texts.add(line.arguments().text(i));
        }
        return texts;
    }
}
