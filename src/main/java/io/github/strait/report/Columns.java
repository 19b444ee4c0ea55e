package io.github.strait.report;

import java.util.ArrayList;
import java.util.List;

/** Lines of cells, each column as wide as its widest cell; the last one is not padded. */
final class Columns {
    private final List<String[]> rows = new ArrayList<>();

    void row(String... cells) {
        rows.add(cells);
    }

    /** {@code 1 call}, {@code 2 calls}. */
    static String times(long count) {
        return count + (count == 1 ? " call" : " calls");
    }

    /** The lines, indented, each with a final newline. */
    String text(int indent) {
        StringBuilder out = new StringBuilder();
        for (String[] row : rows) {
            out.append(" ".repeat(indent));
            for (int i = 0; i < row.length; i++) {
                boolean last = i == row.length - 1;
                out.append(row[i]).append(" ".repeat(last ? 0 : width(i) - row[i].length() + 2));
            }
            out.append('\n');
        }
        return out.toString();
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> row.length > column + 1)
                .mapToInt(row -> row[column].length())
                .max()
                .orElse(0);
    }
}
