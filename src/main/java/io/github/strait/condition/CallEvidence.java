package io.github.strait.condition;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.Sighting;
import io.github.strait.observation.SyscallObservation;
import java.util.Optional;

/**
 * Who needs a call, and with which arguments.
 *
 * @param seen what was observed; empty for a call that only layers name
 * @param needed the values that a container's runtime needs, by place; those of places that it does not have are not known
 * @param isOfRuntime whether a container's runtime makes it too; a place without known values then has no condition
 * @param siblings the values that it needs where it stands in for calls that were observed, here or
 *     on another ABI, by place, with where those have them;
 *     those of places that it does not have are not known; empty where it does not stand in
 * @param layer the layer that names the call, if nothing was observed; empty otherwise
 * @param isInetOpen whether the profile lets inet sockets through
 */
public record CallEvidence(
        Optional<SyscallObservation> seen,
        ImmutableMap<String, ImmutableSet<ArgumentTuple>> needed,
        boolean isOfRuntime,
        Optional<ImmutableMap<String, ImmutableSortedMap<ArgumentTuple, Sighting>>> siblings,
        String layer,
        boolean isInetOpen) {
    /** Evidence alone. */
    public static CallEvidence of(SyscallObservation seen, boolean isInetOpen) {
        return new CallEvidence(Optional.of(seen), ImmutableMap.of(), false, Optional.empty(), "", isInetOpen);
    }
}
