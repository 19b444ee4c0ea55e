package io.github.strait.syscall;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A table among the resources: {@code #} comments, a line of titles, then rows of as many tab-separated cells. A table
 * that is not so is a fault of the build, so that reading it throws.
 */
record TableResource(String file, List<String> titles, ImmutableList<List<String>> rows) {
    /** A cell that holds nothing. */
    static final String ABSENT = "-";

    private static final Splitter TAB = Splitter.on('\t');

    TableResource {
        for (List<String> row : rows) {
            if (row.size() != titles.size()) {
                throw new IllegalStateException(file + ": not " + titles.size() + " cells: " + row);
            }
        }
    }

    static TableResource read(String file) {
        ImmutableList<List<String>> lines = lines(file).map(TAB::splitToList).collect(ImmutableList.toImmutableList());
        return new TableResource(file, lines.get(0), lines.subList(1, lines.size()));
    }

    /** The index of a column in each row. */
    int column(String title) {
        int column = titles.indexOf(title);
        if (column < 0) {
            throw new IllegalStateException(file + ": no column " + title);
        }
        return column;
    }

    /** The rows by their first cell, which must differ from row to row. */
    <V> ImmutableMap<String, V> index(Function<List<String>, V> value) {
        return rows.stream().collect(ImmutableMap.toImmutableMap(row -> row.get(0), value));
    }

    private static Stream<String> lines(String file) {
        try {
            return Resources.toString(Resources.getResource(TableResource.class, file), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
