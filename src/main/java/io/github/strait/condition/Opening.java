package io.github.strait.condition;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.argument.CatalogueRow;
import io.github.strait.argument.ValueGroup;
import io.github.strait.argument.ValuePattern;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Values that a condition lets through, and why.
 *
 * @param row the row of the catalogue; of the bits that it forbids, those that were seen are values here
 * @param values what is let through
 * @param group the group that opens them; empty for values that stand alone
 * @param seen how often they, or others that open the group, were seen, and where first; empty for a group that is always
 *     open and of which nothing was seen, and for what a container's runtime needs
 */
public record Opening(CatalogueRow row, ValuePattern values, Optional<ValueGroup> group, Optional<Sighting> seen) {
    /** The bits of a value that are let through; 0 where whole values are. */
    public long bits() {
        return switch (row.kind()) {
            case FORBID, SUBSET, WX, NULL, CREAT, REFUSE -> first();
            case VALUES -> group.isEmpty() && (first() & ~row.forbidden()) == 0 ? first() : 0;
            case SOCKET, SOCKOPT -> 0;
        };
    }

    private long first() {
        ImmutableSortedSet<Long> set = values.sets().get(0);
        return set.isEmpty() ? 0 : set.first();
    }

    /** Whether a call with these values is among those that it lets through. */
    public boolean holds(ArgumentTuple tuple) {
        long bits = bits();
        if (bits != 0) {
            return (tuple.values().get(tuple.values().size() - 1) & bits) == bits;
        }
        List<Long> cut = new ArrayList<>();
        for (int i = 0; i < tuple.values().size(); i++) {
            cut.add(tuple.values().get(i) & row.width(i));
        }
        return values.matches(cut);
    }

    /** Whether it is a value that no group has and that nothing but a container's runtime needs. */
    public boolean isOfRuntime() {
        return group.isEmpty() && seen.isEmpty();
    }
}
