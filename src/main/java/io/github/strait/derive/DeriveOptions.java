package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.syscall.Arch;

/**
 * What the user can choose about a profile.
 *
 * @param targets the ABIs to write it for; none means those that were observed
 * @param layers the layers that are on
 */
public record DeriveOptions(ImmutableSortedSet<Arch> targets, ImmutableList<Layer> layers) {
    /** All observed ABIs, all layers. */
    public static final DeriveOptions DEFAULT = new DeriveOptions(ImmutableSortedSet.of(), Layer.all());
}
