package io.github.strait.api;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.github.strait.derive.DerivedCautions;
import io.github.strait.derive.DerivedLayer;
import io.github.strait.derive.DerivedObservation;
import io.github.strait.derive.Release;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.observation.Observation;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The architectures to look at.
 *
 * @param arches none for those of the evidence
 * @param isDeriving whether those without evidence follow from the one that was observed most
 * @param release their libc or release, to compare with that of the evidence, and for the layer of siblings; empty when the user
 *     does not say
 */
public record Targets(ImmutableSortedSet<Arch> arches, boolean isDeriving, Optional<Release> release) {
    /** Those of the evidence. */
    public static final Targets OBSERVED = new Targets(ImmutableSortedSet.of(), false, Optional.empty());

    /**
     * The same with a libc or a release, such as {@code glibc-2.41}, {@code musl} or {@code debian-13}.
     *
     * @throws RefusalException when it is neither
     */
    public Targets on(String libc) {
        return new Targets(arches, isDeriving, Optional.of(Release.parse(libc)));
    }

    /** What makes evidence say little about the targets. */
    public List<Diagnostic> cautions(Evidence evidence) {
        Observation observation = evidence.observation();
        return DerivedCautions.of(observation, arches(observation), release, false);
    }

    /** Those that can be looked at. */
    private Set<Arch> arches(Observation observation) {
        Set<Arch> seen = observation.architectures().keySet();
        return arches.isEmpty() ? seen : Sets.filter(arches, arch -> isDeriving || seen.contains(arch));
    }

    /** Those without evidence, which follow from what was observed of another. */
    ImmutableSortedSet<Arch> derivedFrom(Observation observation) {
        return isDeriving && !observation.architectures().isEmpty()
                ? ImmutableSortedSet.copyOf(Sets.filter(arches, arch -> !DerivedLayer.isObserved(observation, arch)))
                : ImmutableSortedSet.of();
    }

    /** The same with the release that a file {@code os-release} names, if it names one. */
    public Targets onFile(String osRelease) {
        return new Targets(arches, isDeriving, Release.ofFile(osRelease));
    }

    /**
     * The evidence of these architectures, and what follows for the others.
     *
     * @throws RefusalException when one has no evidence and nothing is to be derived
     */
    Observation of(Observation observation) {
        if (arches.isEmpty() || observation.architectures().isEmpty()) {
            return observation;
        }
        ImmutableSortedSet<Arch> derived = derivedFrom(observation);
        Observation all = observation.keeping((arch, name) -> arches.contains(arch) && !derived.contains(arch));
        for (Arch arch : arches) {
            if (derived.contains(arch)) {
                all = all.merge(DerivedObservation.of(observation, arch));
            } else if (!observation.architectures().containsKey(arch)) {
                throw RefusalException.usage("nothing was observed on " + arch.label()
                        + "; record there, add --derive, or leave --target out");
            }
        }
        return all;
    }
}
