package io.github.strait.trace;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Some lines of every recorded trace among the resources, as Latin-1. */
public final class Recordings {
    private static final int EACH = 40;
    private static final Supplier<ImmutableList<String>> LINES = Suppliers.memoize(Recordings::read);

    private Recordings() {}

    public static ImmutableList<String> lines() {
        return LINES.get();
    }

    private static ImmutableList<String> read() {
        ImmutableList.Builder<String> lines = ImmutableList.builder();
        for (String folder : List.of("/io/github/strait/trace/corpus", "/io/github/strait/evidence/corpus")) {
            try (Stream<Path> files = Files.walk(
                    Path.of(Resources.getResource(Recordings.class, folder).toURI()))) {
                files.filter(Files::isRegularFile)
                        .filter(file -> file.toString().matches(".*\\.(log|zst|[0-9]+)"))
                        .sorted()
                        .forEach(file -> {
                            List<String> all = read(file);
                            int step = Math.max(1, all.size() / EACH);
                            for (int i = 0; i < all.size(); i += step) {
                                lines.add(all.get(i));
                            }
                        });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }
        return lines.build();
    }

    private static List<String> read(Path file) {
        try (InputStream in = Compression.open(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
