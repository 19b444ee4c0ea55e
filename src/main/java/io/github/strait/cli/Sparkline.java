package io.github.strait.cli;

import java.util.List;

/** A curve as a word: one bar for each column, the highest for the greatest number. */
final class Sparkline {
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final String ASCII_BARS = "_.-=+*%#";

    private Sparkline() {}

    /**
     * The bars.
     *
     * @param curve numbers of at least 0, at times of the same distance
     * @param width how many bars there may be; of fewer numbers, there is one for each
     * @param isAscii for terminals that show no others
     */
    static String of(List<Integer> curve, int width, boolean isAscii) {
        String bars = isAscii ? ASCII_BARS : BARS;
        int columns = Math.min(width, curve.size());
        int greatest = 1;
        for (int number : curve) {
            greatest = Math.max(greatest, number);
        }
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < columns; i++) {
            // the last number of those that the column stands for
            int number = curve.get((int) ((i + 1L) * curve.size() / columns) - 1);
            line.append(bars.charAt((int) ((long) number * (bars.length() - 1) / greatest)));
        }
        return line.toString();
    }
}
