package io.github.strait.lint;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads a reviewed table among the resources: {@code #} comments, a line of titles, tab-separated rows. */
final class Table {
    private Table() {}

    /** The rows, as lists of their cells; an empty cell is written {@code -} and read as an empty text. */
    static ImmutableList<List<String>> read(String file) {
        try {
            return Resources.toString(Resources.getResource(Table.class, file), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .skip(1)
                    .map(Table::row)
                    .collect(ImmutableList.toImmutableList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> row(String line) {
        return Splitter.on('\t')
                .splitToStream(line)
                .map(cell -> cell.equals("-") ? "" : cell)
                .toList();
    }
}
