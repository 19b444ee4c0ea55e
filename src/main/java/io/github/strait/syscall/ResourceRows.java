package io.github.strait.syscall;

import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The rows of a table among the resources of a package, below a line of titles; {@code #} begins a comment. Read without
 * streams, as every start does.
 */
public final class ResourceRows {
    /** A cell that holds nothing. */
    public static final String ABSENT = "-";

    private ResourceRows() {}

    /**
     * What the function makes of each row.
     *
     * @param beside a class of the package that has the table
     */
    public static <V> ImmutableList<V> read(Class<?> beside, String file, Function<List<String>, V> row) {
        try {
            String text = Resources.toString(Resources.getResource(beside, file), StandardCharsets.UTF_8);
            ImmutableList.Builder<V> rows = ImmutableList.builder();
            boolean titles = true;
            for (String line : text.split("\n", 0)) {
                if (!line.startsWith("#")) {
                    if (!titles) {
                        rows.add(row.apply(Arrays.asList(line.split("\t", -1))));
                    }
                    titles = false;
                }
            }
            return rows.build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
