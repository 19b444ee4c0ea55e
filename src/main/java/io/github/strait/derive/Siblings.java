package io.github.strait.derive;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Multimaps;
import io.github.strait.syscall.TableResource;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * The calls that the program would make with another libc or release of it for the same purpose, and that evidence of
 * this one could not have shown. One step: what a row of the map gives is not looked up again.
 */
final class Siblings {
    /** The layer, of no calls until the evidence is known. */
    static final Layer LAYER = new Layer(
            "siblings", "calls that another libc or release makes for the same purpose", ImmutableSortedMap.of());

    /** Made for those who compare arguments. */
    private static final class BySibling {
        static final ImmutableListMultimap<String, List<String>> ROWS = Multimaps.index(
                TableResource.read(Siblings.class, "siblings.tsv").rows(), row -> row.get(1));
    }

    private Siblings() {}

    /** The layer for evidence that shows these calls. */
    static Layer of(Collection<String> observed) {
        Collection<MappedLibc> evidence = MappedLibc.of(observed);
        TreeMap<String, String> reasons = new TreeMap<>();
        for (String name : observed) {
            add(name, evidence, reasons);
        }
        add("", evidence, reasons);
        reasons.keySet().removeAll(observed);
        return new Layer(LAYER.name(), LAYER.purpose(), ImmutableSortedMap.copyOf(reasons));
    }

    private static void add(String name, Collection<MappedLibc> evidence, TreeMap<String, String> reasons) {
        for (ReleaseMapRow row : ReleaseMapRow.of(name)) {
            if (row.counts(evidence)) {
                row.calls().forEach(call -> reasons.merge(call, row.why(), (a, b) -> a + "; " + b));
            }
        }
    }

    /** What a call needs for each call that it may stand in for, as the column {@code values} says. */
    static ImmutableMap<String, String> needs(String sibling) {
        ImmutableMap.Builder<String, String> needs = ImmutableMap.builder();
        for (List<String> row : BySibling.ROWS.get(sibling)) {
            needs.put(row.get(0), row.get(2));
        }
        return needs.buildOrThrow();
    }

    /** The same for the calls that the layer lets it stand in for; {@code -} where that is not known. */
    static ImmutableMap<String, String> needsOfLayer(String sibling) {
        ImmutableMap<String, String> known = needs(sibling);
        ImmutableMap.Builder<String, String> needs = ImmutableMap.builder();
        for (ReleaseMapRow row : ReleaseMapRow.all()) {
            if (!row.source().isEmpty() && row.calls().contains(sibling)) {
                needs.put(row.source(), known.getOrDefault(row.source(), TableResource.ABSENT));
            }
        }
        return needs.buildKeepingLast();
    }
}
