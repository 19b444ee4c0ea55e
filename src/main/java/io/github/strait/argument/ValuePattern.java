package io.github.strait.argument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.util.List;

/**
 * Tuples of values: any combination of one of each set.
 *
 * @param sets one for each value of the tuple; an empty one stands for any value
 */
public record ValuePattern(ImmutableList<ImmutableSortedSet<Long>> sets) {
    /** Whether a tuple is one of these. */
    public boolean matches(List<Long> tuple) {
        for (int i = 0; i < sets.size(); i++) {
            if (!sets.get(i).isEmpty() && !sets.get(i).contains(tuple.get(i))) {
                return false;
            }
        }
        return true;
    }
}
