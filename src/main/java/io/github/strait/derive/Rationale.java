package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.condition.CallConditions;
import java.util.Map;

/**
 * The calls that one ABI needs, each with its reasons, and those that are denied with an error other than the default.
 *
 * @param reasons the reasons by libseccomp name, the evidence first, then the layers; never empty for a name
 * @param denials the denials by libseccomp name; no call is both allowed and denied
 * @param conditions what the values of this ABI ask for, by libseccomp name; of allowed calls that have a row in the
 *     catalogue of arguments
 */
public record Rationale(
        ImmutableSortedMap<String, ImmutableList<Reason>> reasons,
        ImmutableSortedMap<String, Denial> denials,
        ImmutableSortedMap<String, CallConditions> conditions) {
    /** Nothing is allowed. */
    static final Rationale NONE = new Rationale(ImmutableSortedMap.of(), ImmutableSortedMap.of());

    public Rationale {
        reasons.forEach((name, why) -> {
            if (why.isEmpty()) {
                throw new IllegalArgumentException(name + " is allowed without a reason");
            }
            if (denials.containsKey(name)) {
                throw new IllegalArgumentException(name + " is both allowed and denied");
            }
        });
    }

    /** Calls that are allowed with any arguments. */
    Rationale(ImmutableSortedMap<String, ImmutableList<Reason>> reasons, ImmutableSortedMap<String, Denial> denials) {
        this(reasons, denials, ImmutableSortedMap.of());
    }

    /** Every call that is allowed. */
    public ImmutableSortedSet<String> names() {
        return reasons.keySet().stream().collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
    }

    /** The calls that the evidence shows. */
    public ImmutableSortedSet<String> observedNames() {
        return reasons.entrySet().stream()
                .filter(entry -> !(entry.getValue().get(0) instanceof Reason.Layered))
                .map(Map.Entry::getKey)
                .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
    }

    /**
     * The calls that this layer allows and the evidence does not show. A call of several layers counts for the first.
     */
    public ImmutableSortedSet<String> addedBy(String layer) {
        return reasons.entrySet().stream()
                .filter(entry -> entry.getValue().get(0) instanceof Reason.Layered first
                        && first.layer().equals(layer))
                .map(Map.Entry::getKey)
                .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
    }

    /** How many of them the evidence shows. */
    public int observed() {
        return observedNames().size();
    }

    /** How many are allowed by a layer alone. */
    public int layered() {
        return reasons.size() - observed();
    }
}
