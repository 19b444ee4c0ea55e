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
        int[] widths = widths();
        StringBuilder out = new StringBuilder();
        for (String[] row : rows) {
            out.append(" ".repeat(indent));
            for (int i = 0; i < row.length; i++) {
                boolean last = i == row.length - 1;
                out.append(row[i]).append(" ".repeat(last ? 0 : widths[i] - row[i].length() + 2));
            }
            out.append('\n');
        }
        return out.toString();
    }

    /** In one pass: a trace can name as many calls as it has lines. */
    private int[] widths() {
        int[] widths = new int[rows.stream().mapToInt(row -> row.length).max().orElse(0)];
        for (String[] row : rows) {
            for (int i = 0; i < row.length - 1; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        return widths;
    }
}
