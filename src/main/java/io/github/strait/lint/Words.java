package io.github.strait.lint;

import io.github.strait.diagnostic.Printable;
import java.util.Collection;
import java.util.List;

/** How messages list things. */
final class Words {
    private static final int LISTED = 5;
    private static final int LONGEST = 60;

    private Words() {}

    static String quoted(String word) {
        return "'" + Printable.of(word, LONGEST) + "'";
    }

    /** {@code 'a', 'b' and 3 others}. */
    static String list(Collection<String> words) {
        List<String> first = words.stream().limit(LISTED).map(Words::quoted).toList();
        int rest = words.size() - first.size();
        if (rest > 0) {
            return String.join(", ", first) + " and " + rest + (rest == 1 ? " other" : " others");
        }
        int last = first.size() - 1;
        return last < 1
                ? String.join("", first)
                : String.join(", ", first.subList(0, last)) + " and " + first.get(last);
    }

    /** {@code does} for one, {@code do} for several. */
    static String verb(Collection<String> words, String singular, String plural) {
        return words.size() == 1 ? singular : plural;
    }
}
