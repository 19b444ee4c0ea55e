package io.github.strait.diagnostic;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which known word a misspelt one stands for. */
public final class Nearest {
    /** Bounds the work for a hostile word. No name of a call or token is longer. */
    private static final int LONGEST = 64;

    private Nearest() {}

    /**
     * The known word that differs in case only, else the one with the fewest changes, at most one for every four
     * characters; the first by name of several.
     */
    public static Optional<String> of(String word, Collection<String> known) {
        return of(word, known, Math.max(1, word.length() / 4));
    }

    /**
     * The known word that differs in case only, else the one with the fewest changes; the first by name of several.
     *
     * @param allowed how many changes at most
     */
    public static Optional<String> of(String word, Collection<String> known, int allowed) {
        if (word.isEmpty() || word.length() > LONGEST) {
            return Optional.empty();
        }
        Optional<String> same = known.stream().filter(word::equalsIgnoreCase).min(Comparator.naturalOrder());
        if (same.isPresent()) {
            return same;
        }
        return known.stream()
                .filter(other -> Math.abs(other.length() - word.length()) <= allowed)
                .filter(other -> distance(word, other) <= allowed)
                .min(Comparator.<String>comparingInt(other -> distance(word, other))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** How many characters are inserted, deleted, replaced or exchanged with their neighbour. */
    private static int distance(String a, String b) {
        int[][] changes = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            changes[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            changes[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int replaced = changes[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                int least = Math.min(replaced, 1 + Math.min(changes[i - 1][j], changes[i][j - 1]));
                boolean exchanged =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                changes[i][j] = exchanged ? Math.min(least, changes[i - 2][j - 2] + 1) : least;
            }
        }
        return changes[a.length()][b.length()];
    }
}
