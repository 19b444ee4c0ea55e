package io.github.strait.api;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.derive.DerivedObservation;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.observation.Observation;
import io.github.strait.syscall.Arch;

/**
 * The architectures to look at.
 *
 * @param arches none for those of the evidence
 * @param isDeriving whether those without evidence follow from the one that was observed most
 */
public record Targets(ImmutableSortedSet<Arch> arches, boolean isDeriving) {
    /** Those of the evidence. */
    public static final Targets OBSERVED = new Targets(ImmutableSortedSet.of(), false);

    /**
     * The evidence of these architectures, and what follows for the others.
     *
     * @throws RefusalException when one has no evidence and nothing is to be derived
     */
    Observation of(Observation observation) {
        if (arches.isEmpty() || observation.architectures().isEmpty()) {
            return observation;
        }
        Observation all = observation.keeping((arch, name) -> arches.contains(arch));
        for (Arch arch : arches) {
            if (!observation.architectures().containsKey(arch)) {
                if (!isDeriving) {
                    throw RefusalException.usage("nothing was observed on " + arch.label()
                            + "; record there, add --derive, or leave --target out");
                }
                all = all.merge(DerivedObservation.of(observation, arch));
            }
        }
        return all;
    }
}
