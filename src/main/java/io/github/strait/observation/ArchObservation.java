package io.github.strait.observation;

import com.google.common.collect.ImmutableSortedMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The calls seen on one ABI.
 *
 * @param proof how certain the ABI is
 * @param syscalls the evidence by libseccomp name
 */
public record ArchObservation(Proof proof, ImmutableSortedMap<String, SyscallObservation> syscalls) {
    /** All together, with the weakest proof. */
    static ArchObservation sum(List<ArchObservation> all) {
        if (all.size() == 1) {
            return all.get(0);
        }
        Proof weakest = Proof.PROVEN;
        TreeMap<String, SyscallSum> sums = new TreeMap<>();
        for (ArchObservation each : all) {
            weakest = weakest.and(each.proof);
            for (Map.Entry<String, SyscallObservation> call : each.syscalls.entrySet()) {
                sums.computeIfAbsent(call.getKey(), name -> new SyscallSum()).add(call.getValue());
            }
        }
        return of(weakest, sums);
    }

    /** The calls that add up to these, by libseccomp name. */
    public static ArchObservation of(Proof proof, SortedMap<String, SyscallSum> sums) {
        ImmutableSortedMap.Builder<String, SyscallObservation> syscalls = ImmutableSortedMap.naturalOrder();
        for (Map.Entry<String, SyscallSum> sum : sums.entrySet()) {
            syscalls.put(sum.getKey(), sum.getValue().total());
        }
        return new ArchObservation(proof, syscalls.build());
    }
}
