package io.github.strait.derive;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** The rows of a table among this package's resources, below a line of titles; {@code #} begins a comment. */
final class ResourceRows {
    /** A cell that holds nothing. */
    static final String ABSENT = "-";

    private static final Splitter TAB = Splitter.on('\t');

    private ResourceRows() {}

    static <V> ImmutableList<V> read(String file, Function<List<String>, V> row) {
        try {
            return Resources.toString(Resources.getResource(ResourceRows.class, file), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .skip(1)
                    .map(TAB::splitToList)
                    .map(row)
                    .collect(ImmutableList.toImmutableList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
