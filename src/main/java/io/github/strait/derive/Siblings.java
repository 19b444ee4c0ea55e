package io.github.strait.derive;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Multimaps;
import io.github.strait.syscall.TableResource;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** The calls that another libc, kernel or version of the program would make for the same purpose. */
final class Siblings {
    /** The layer, of no calls until the evidence is known. */
    static final Layer LAYER = new Layer(
            "siblings", "calls that another libc or kernel makes for the same purpose", ImmutableSortedMap.of());

    private static final ImmutableListMultimap<String, List<String>> ROWS =
            Multimaps.index(TableResource.read(Siblings.class, "siblings.tsv").rows(), row -> row.get(0));

    /** Made for those who turn the layer on. */
    private static final class BySibling {
        static final ImmutableListMultimap<String, List<String>> ROWS =
                Multimaps.index(Siblings.ROWS.values(), row -> row.get(1));
    }

    private Siblings() {}

    /** The layer of the siblings of these calls; siblings of siblings are not in it. */
    static Layer of(Collection<String> observed) {
        TreeMap<String, String> reasons = new TreeMap<>();
        for (String name : observed) {
            for (List<String> row : ROWS.get(name)) {
                String power = row.get(2).equals(TableResource.ABSENT) ? "" : ", and adds power: it " + row.get(2);
                reasons.merge(row.get(1), "stands in for " + name + power, (a, b) -> a + "; " + b);
            }
        }
        reasons.keySet().removeAll(observed);
        return new Layer(LAYER.name(), LAYER.purpose(), ImmutableSortedMap.copyOf(reasons));
    }

    /** What a call needs for each call that it may stand in for, as the column {@code values} says. */
    static ImmutableMap<String, String> needs(String sibling) {
        ImmutableMap.Builder<String, String> needs = ImmutableMap.builder();
        for (List<String> row : BySibling.ROWS.get(sibling)) {
            needs.put(row.get(0), row.get(3));
        }
        return needs.buildOrThrow();
    }
}
