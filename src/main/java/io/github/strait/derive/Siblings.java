package io.github.strait.derive;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Multimaps;
import io.github.strait.syscall.TableResource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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

    private final ImmutableSet<MappedLibc> evidence;
    private final ImmutableSet<MappedLibc> wanted;
    /** {@code on debian-13, }, before each reason. */
    private final String where;

    /**
     * @param evidence the libcs that the observed programs may have
     * @param target what the program is to run on; empty for any
     */
    Siblings(ImmutableSet<MappedLibc> evidence, Optional<Release> target) {
        this.evidence = evidence;
        this.wanted = wanted(target);
        this.where = target.map(release -> "on " + release.name() + ", ").orElse("");
    }

    private static ImmutableSet<MappedLibc> wanted(Optional<Release> target) {
        return target.map(MappedLibc::of).orElse(MappedLibc.ALL);
    }

    /** What the layer is for on a target. */
    static String purpose(Release target) {
        return "calls that " + target.name() + " makes for the same purpose";
    }

    /** The layer for evidence that shows these calls, or for calls that follow from evidence of another ABI. */
    Layer of(Collection<String> shown) {
        TreeMap<String, String> reasons = new TreeMap<>();
        for (String name : shown) {
            add(name, reasons);
        }
        add("", reasons);
        reasons.keySet().removeAll(shown);
        reasons.replaceAll((call, why) -> where + why);
        return new Layer(LAYER.name(), LAYER.purpose(), ImmutableSortedMap.copyOf(reasons));
    }

    private void add(String name, TreeMap<String, String> reasons) {
        for (ReleaseMapRow row : ReleaseMapRow.of(name)) {
            if (row.counts(evidence, wanted)) {
                row.calls().forEach(call -> reasons.merge(call, row.why(), (a, b) -> a + "; " + b));
            }
        }
    }

    /** Whether the layer may have a call. */
    boolean isOfUse() {
        for (ReleaseMapRow row : ReleaseMapRow.all()) {
            if (row.counts(evidence, wanted)) {
                return true;
            }
        }
        return false;
    }

    /** What a call needs for each call that it may stand in for, as the column {@code values} says. */
    static ImmutableMap<String, String> needs(String sibling) {
        ImmutableMap.Builder<String, String> needs = ImmutableMap.builder();
        for (List<String> row : BySibling.ROWS.get(sibling)) {
            needs.put(row.get(0), row.get(2));
        }
        return needs.buildOrThrow();
    }

    /** The same for the calls that the layer lets it stand in for on a target; {@code -} where that is not known. */
    static ImmutableMap<String, String> needsOfLayer(String sibling, Optional<Release> target) {
        ImmutableSet<MappedLibc> wanted = wanted(target);
        ImmutableMap<String, String> known = needs(sibling);
        ImmutableMap.Builder<String, String> needs = ImmutableMap.builder();
        for (ReleaseMapRow row : ReleaseMapRow.all()) {
            boolean isForTarget = row.counts(MappedLibc.ALL, wanted);
            if (isForTarget && !row.source().isEmpty() && row.calls().contains(sibling)) {
                needs.put(row.source(), known.getOrDefault(row.source(), TableResource.ABSENT));
            }
        }
        return needs.buildKeepingLast();
    }
}
