package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;

/**
 * The calls that one ABI needs, each with its reasons: the evidence first, then the layers.
 *
 * @param reasons the reasons by libseccomp name; never empty for a name
 */
public record Rationale(ImmutableSortedMap<String, ImmutableList<Reason>> reasons) {

    public Rationale {
        reasons.forEach((name, why) -> {
            if (why.isEmpty()) {
                throw new IllegalArgumentException(name + " is allowed without a reason");
            }
        });
    }

    /** Every call that is allowed. */
    public ImmutableSortedSet<String> names() {
        return reasons.keySet().stream().collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
    }

    /** How many of them the evidence shows. */
    public int observed() {
        return (int) reasons.values().stream()
                .filter(why -> !(why.get(0) instanceof Reason.Layered))
                .count();
    }

    /** How many are allowed by a layer alone. */
    public int layered() {
        return reasons.size() - observed();
    }
}
