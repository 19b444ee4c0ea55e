package io.github.strait.syscall;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table among the resources: {@code #} comments, a line of titles, then rows of as many tab-separated cells. A table
 * that is not so is a fault of the build, so that reading it throws.
 */
final class TableResource {
    /** A cell that holds nothing. */
    static final String ABSENT = "-";

    private final String file;
    private final List<String> titles;
    private final ImmutableList<List<String>> rows;

    private TableResource(String file, List<String> titles, ImmutableList<List<String>> rows) {
        this.file = file;
        this.titles = titles;
        this.rows = rows;
    }

    static TableResource read(String file) {
        try {
            return parse(
                    file, Resources.toString(Resources.getResource(TableResource.class, file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The table in a text.
     *
     * @param file its name in messages
     */
    static TableResource parse(String file, String text) {
        List<String> titles = List.of();
        ImmutableList.Builder<List<String>> rows = ImmutableList.builder();
        int end;
        for (int start = 0; start < text.length(); start = end + 1) {
            int newline = text.indexOf('\n', start);
            end = newline < 0 ? text.length() : newline;
            if (text.charAt(start) == '#') {
                continue;
            }
            String line = text.substring(start, end);
            if (titles.isEmpty()) {
                titles = cells(line);
            } else {
                rows.add(new Row(file, line, titles.size()));
            }
        }
        return new TableResource(file, titles, rows.build());
    }

    private static List<String> cells(String line) {
        return Arrays.asList(line.split("\t", -1));
    }

    /** The rows, each as many cells as there are titles; a row that has not as many throws when it is asked. */
    ImmutableList<List<String>> rows() {
        return rows;
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
        ImmutableMap.Builder<String, V> index = ImmutableMap.builderWithExpectedSize(rows.size());
        for (List<String> row : rows) {
            index.put(row.get(0), value.apply(row));
        }
        return index.buildOrThrow();
    }

    /** A line that is divided when a cell other than the first is asked for: of most rows none is. */
    private static final class Row extends AbstractList<String> {
        private final String file;
        private final String line;
        private final int width;
        private volatile @Nullable List<String> cells;

        Row(String file, String line, int width) {
            this.file = file;
            this.line = line;
            this.width = width;
        }

        @Override
        public String get(int column) {
            int tab = line.indexOf('\t');
            return column == 0 && tab > 0 ? line.substring(0, tab) : cells().get(column);
        }

        @Override
        public int size() {
            return cells().size();
        }

        private List<String> cells() {
            List<String> known = cells;
            if (known == null) {
                known = TableResource.cells(line);
                if (known.size() != width) {
                    throw new IllegalStateException(file + ": not " + width + " cells: " + line);
                }
                cells = known;
            }
            return known;
        }
    }
}
