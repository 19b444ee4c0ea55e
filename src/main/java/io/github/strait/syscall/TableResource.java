package io.github.strait.syscall;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.CodeSource;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table among the resources of a package: {@code #} comments, a line of titles, then rows of as many tab-separated cells.
 * Any other form is a fault of the build, and reading it throws. Every start reads some tables, hence no streams here.
 */
public final class TableResource {
    /** A cell that holds nothing. */
    public static final String ABSENT = "-";

    private final String file;
    private final List<String> titles;
    private final ImmutableList<List<String>> rows;

    private TableResource(String file, List<String> titles, ImmutableList<List<String>> rows) {
        this.file = file;
        this.titles = titles;
        this.rows = rows;
    }

    /**
     * Reads a table.
     *
     * @param beside a class in the package that holds the table
     */
    public static TableResource read(Class<?> beside, String file) {
        return parse(file, text(beside, file));
    }

    /**
     * The text of a resource, from where its class comes from. Only if it is not there, it is searched for: all modules of the
     * JDK are searched before the class path, which takes a millisecond each time.
     *
     * @param beside a class in the package that holds it
     */
    public static String text(Class<?> beside, String file) {
        CodeSource source = beside.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        try {
            if (location != null) {
                return textAt(location.toString(), beside.getPackageName().replace('.', '/') + "/" + file);
            }
        } catch (IOException e) {
            // whoever packed the classes has put it elsewhere
        }
        try {
            return Resources.toString(Resources.getResource(beside, file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String textAt(String location, String path) throws IOException {
        URL url = new URL(location.endsWith("/") ? location + path : "jar:" + location + "!/" + path);
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
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
    public ImmutableList<List<String>> rows() {
        return rows;
    }

    /** The results of the function for each row. */
    public <V> ImmutableList<V> rows(Function<List<String>, V> value) {
        ImmutableList.Builder<V> values = ImmutableList.builderWithExpectedSize(rows.size());
        for (List<String> row : rows) {
            values.add(value.apply(row));
        }
        return values.build();
    }

    /** The index of a column in each row. */
    public int column(String title) {
        int column = titles.indexOf(title);
        if (column < 0) {
            throw new IllegalStateException(file + ": no column " + title);
        }
        return column;
    }

    /** The rows by their first cell, which must differ from row to row. */
    public <V> ImmutableMap<String, V> index(Function<List<String>, V> value) {
        ImmutableMap.Builder<String, V> index = ImmutableMap.builderWithExpectedSize(rows.size());
        for (List<String> row : rows) {
            index.put(row.get(0), value.apply(row));
        }
        return index.buildOrThrow();
    }

    /** The words of a cell, which spaces divide; none when it holds nothing. */
    public static ImmutableList<String> words(String cell) {
        return divide(cell, ' ');
    }

    /** The items of a cell, which commas divide; none when it holds nothing. */
    public static ImmutableList<String> items(String cell) {
        return divide(cell, ',');
    }

    private static ImmutableList<String> divide(String cell, char divider) {
        if (cell.equals(ABSENT)) {
            return ImmutableList.of();
        }
        ImmutableList.Builder<String> parts = ImmutableList.builder();
        int end;
        for (int start = 0; start <= cell.length(); start = end + 1) {
            int found = cell.indexOf(divider, start);
            end = found < 0 ? cell.length() : found;
            parts.add(cell.substring(start, end));
        }
        return parts.build();
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
