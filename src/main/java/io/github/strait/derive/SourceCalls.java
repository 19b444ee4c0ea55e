package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.observation.Sighting;
import io.github.strait.observation.Subcalls;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Multiplexer;
import io.github.strait.syscall.NamelessCall;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The calls of an ABI from which those of another one follow. Where libc makes the calls of a multiplexer directly there,
 * they stand in its place, if the evidence says which ones all of its calls were.
 *
 * @param names those that were made, or may have been
 * @param seen the evidence, by libseccomp name
 * @param multiplexers which of them were made through a multiplexer alone, and through which
 */
record SourceCalls(
        ImmutableSortedSet<String> names,
        ImmutableSortedMap<String, SyscallObservation> seen,
        ImmutableMap<String, String> multiplexers) {
    /** The calls of one ABI, for another one. */
    static SourceCalls of(Arch source, Arch target, ImmutableSortedMap<String, SyscallObservation> observed) {
        TreeSet<String> names = new TreeSet<>();
        TreeMap<String, SyscallObservation> seen = new TreeMap<>(observed);
        Map<String, String> multiplexers = new HashMap<>();
        for (Map.Entry<String, SyscallObservation> each : observed.entrySet()) {
            String name = each.getKey();
            SyscallObservation call = each.getValue();
            Subcalls subcalls = Subcalls.of(call, name);
            if (subcalls.areKnown() && isMadeDirectly(name, source, target)) {
                for (Map.Entry<String, Sighting> subcall : subcalls.seen().entrySet()) {
                    names.add(subcall.getKey());
                    seen.merge(subcall.getKey(), made(call, subcall.getValue()), SyscallObservation::plus);
                    if (!observed.containsKey(subcall.getKey())) {
                        multiplexers.put(subcall.getKey(), name);
                    }
                }
            } else if (!NamelessCall.isOne(name)) {
                names.add(name);
            }
            for (String alternative : call.alternatives()) {
                // the call itself, made through a multiplexer
                boolean isSame = Multiplexer.subcalls(alternative).contains(name);
                if (!isSame || !isMadeDirectly(alternative, source, target)) {
                    names.add(alternative);
                }
            }
        }
        return new SourceCalls(
                ImmutableSortedSet.copyOfSorted(names),
                ImmutableSortedMap.copyOfSorted(seen),
                ImmutableMap.copyOf(multiplexers));
    }

    /** Whether the map says what calls of a multiplexer are there. */
    private static boolean isMadeDirectly(String multiplexer, Arch source, Arch target) {
        if (Multiplexer.subcalls(multiplexer).isEmpty()) {
            return false;
        }
        ImmutableList<AbiMapRow> rows = AbiMapRow.of(multiplexer);
        return rows.stream().anyMatch(row -> !row.calls(source, target).isEmpty());
    }

    /** The calls of a multiplexer that made one other call; what they returned is not known of it alone. */
    private static SyscallObservation made(SyscallObservation call, Sighting sighting) {
        return new SyscallObservation(
                sighting.count(),
                0,
                sighting.count(),
                ImmutableSortedMap.of(),
                sighting.first(),
                call.programs(),
                call.morePrograms(),
                ImmutableSortedSet.of());
    }
}
