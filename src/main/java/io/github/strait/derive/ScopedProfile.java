package io.github.strait.derive;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Multimaps;
import com.google.common.collect.Sets;
import com.google.common.collect.TreeMultimap;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.Scope;
import io.github.strait.syscall.Arch;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Divides the calls by the machine that needs them. Docker compares {@code includes.arches} with the native ABI of the
 * daemon's machine, so that a machine and the 32-bit ABIs beside it are one family: their calls are still a union.
 */
final class ScopedProfile {
    private ScopedProfile() {}

    static Profile of(Derivation derivation, Profile.Builder base) {
        TreeMultimap<Arch, Arch> families = TreeMultimap.create();
        derivation.rationales().keySet().forEach(arch -> families.put(arch.nativeArch(), arch));
        Map<Arch, Collection<Arch>> members = families.asMap();
        ImmutableSortedSet<String> common = members.values().stream()
                .map(derivation::union)
                .reduce((a, b) -> ImmutableSortedSet.copyOf(Sets.intersection(a, b)))
                .orElseThrow();
        if (!common.isEmpty()) {
            base.rule(Derivation.allow(common));
        }
        Multimaps.asMap(families).forEach((machine, family) -> {
            ImmutableSet<String> own =
                    Sets.difference(derivation.union(family), common).immutableCopy();
            if (!own.isEmpty()) {
                base.rule(rule(own, Sets.union(family, Set.of(machine))));
            }
        });
        return base.build();
    }

    private static Rule rule(ImmutableSet<String> names, Collection<Arch> machines) {
        Scope.Clause clause =
                new Scope.Clause(ImmutableSortedSet.copyOf(machines), ImmutableSortedSet.of(), Optional.empty());
        return Rule.builder(Action.ALLOW)
                .names(names)
                .scope(new Scope(clause, Scope.Clause.NONE))
                .build();
    }
}
