package io.github.strait.profile;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Multimaps;
import com.google.common.collect.SetMultimap;
import io.github.strait.syscall.Arch;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * A profile for each ABI, where a document has one for all: a list of names, a compiled filter, evidence, and a document
 * as each machine reads it say other things for each.
 */
public record AbiProfiles(ImmutableSortedMap<Arch, Profile> byAbi) {
    /** These profiles. */
    public static AbiProfiles of(Map<Arch, Profile> profiles) {
        return new AbiProfiles(ImmutableSortedMap.copyOf(profiles));
    }

    /** A profile on each ABI that it lists. */
    public static AbiProfiles of(Profile profile) {
        return of(Maps.toMap(profile.architectures(), abi -> profile));
    }

    /** Profiles that allow these calls and deny all others; an ABI without calls has none. */
    public static AbiProfiles allowing(SetMultimap<Arch, String> calls) {
        TreeMap<Arch, Profile> profiles = new TreeMap<>();
        Multimaps.asMap(calls)
                .forEach((abi, names) -> profiles.put(
                        abi,
                        Profile.builder(Action.ERRNO)
                                .architectures(abi)
                                .rule(Rule.builder(Action.ALLOW).names(names).build())
                                .build()));
        return of(profiles);
    }

    /** The ABIs that have a profile. */
    public ImmutableSortedSet<Arch> abis() {
        return byAbi.keySet();
    }

    /** The profile of an ABI. */
    public Optional<Profile> on(Arch abi) {
        return Optional.ofNullable(byAbi.get(abi));
    }

    /** Goes over the ABIs in their order. */
    public void forEach(BiConsumer<Arch, Profile> each) {
        byAbi.forEach(each);
    }
}
