package io.github.strait.diagnostic;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Diagnostics for a reader who wants to see each kind, and not each of very many places. */
public final class Digest {
    /** Places of one kind that are listed. */
    public static final int LISTED = 10;

    private Digest() {}

    /**
     * The same diagnostics, of each code and severity the first {@value #LISTED} and, after all, how many more there are.
     * One that would only stand for one more is listed instead. Errors are never left out.
     */
    public static ImmutableList<Diagnostic> of(List<Diagnostic> diagnostics) {
        Map<String, Integer> counts = new TreeMap<>();
        diagnostics.forEach(each -> counts.merge(kind(each), 1, Integer::sum));
        Map<String, Integer> listed = new TreeMap<>();
        Map<String, Diagnostic> left = new TreeMap<>();
        ImmutableList.Builder<Diagnostic> digest = ImmutableList.builder();
        for (Diagnostic each : diagnostics) {
            String kind = kind(each);
            boolean isShort = counts.getOrDefault(kind, 0) <= LISTED + 1;
            if (isShort || each.severity() == Severity.ERROR || listed.merge(kind, 1, Integer::sum) <= LISTED) {
                digest.add(each);
            } else {
                left.putIfAbsent(kind, each);
            }
        }
        left.forEach((kind, each) -> digest.add(new Diagnostic(
                each.severity(),
                each.code(),
                null,
                "and " + (counts.getOrDefault(kind, 0) - LISTED) + " more of this kind; list them with --verbose")));
        return digest.build();
    }

    private static String kind(Diagnostic diagnostic) {
        return diagnostic.severity() + " " + diagnostic.code();
    }
}
