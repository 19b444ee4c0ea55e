package io.github.strait.observation;

import com.google.common.collect.ImmutableSortedMap;
import java.util.TreeMap;

/**
 * The calls seen on one ABI.
 *
 * @param proof how certain the ABI is
 * @param syscalls the evidence by libseccomp name
 */
public record ArchObservation(Proof proof, ImmutableSortedMap<String, SyscallObservation> syscalls) {

    /** Both together, with the weaker proof. */
    public ArchObservation plus(ArchObservation other) {
        TreeMap<String, SyscallObservation> sum = new TreeMap<>(syscalls);
        other.syscalls.forEach((name, more) -> sum.merge(name, more, SyscallObservation::plus));
        return new ArchObservation(proof.and(other.proof), ImmutableSortedMap.copyOf(sum));
    }
}
