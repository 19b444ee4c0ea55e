package io.github.strait.lint;

import io.github.strait.diagnostic.Printable;
import java.util.Collection;
import java.util.List;

/** How messages list things. */
final class Wording {
    private static final int LISTED = 5;
    private static final int LONGEST = 60;

    private Wording() {}

    static String quoted(String word) {
        return "'" + Printable.of(word, LONGEST) + "'";
    }

    /** {@code 'a', 'b' and 3 others}. */
    static String list(Collection<String> words) {
        List<String> first = words.stream().limit(LISTED).map(Wording::quoted).toList();
        int rest = words.size() - first.size();
        if (rest > 0) {
            return String.join(", ", first) + " and " + rest + (rest == 1 ? " other" : " others");
        }
        int last = first.size() - 1;
        return last < 1
                ? String.join("", first)
                : String.join(", ", first.subList(0, last)) + " and " + first.get(last);
    }

    /** {@code (in 223 places, also in lines 5, 7, 9 and 219 others)}; nothing for one place. */
    static String places(List<Integer> lines) {
        if (lines.size() < 2) {
            return "";
        }
        List<String> others = lines.stream()
                .distinct()
                .skip(1)
                .limit(LISTED)
                .map(String::valueOf)
                .toList();
        long rest = lines.stream().distinct().count() - 1 - others.size();
        return " (in " + lines.size() + " places"
                + (others.isEmpty() ? "" : ", also in " + (others.size() == 1 ? "line " : "lines "))
                + String.join(", ", others) + (rest > 0 ? " and " + rest + " more" : "") + ")";
    }

    /** {@code does} for one, {@code do} for several. */
    static String verb(Collection<String> words, String singular, String plural) {
        return words.size() == 1 ? singular : plural;
    }
}
