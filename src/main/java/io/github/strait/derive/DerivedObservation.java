package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.derive.DerivedCalls.Origin;
import io.github.strait.derive.DerivedCalls.Way;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.LineCounts;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Proof;
import io.github.strait.observation.Run;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.observation.SyscallSum;
import io.github.strait.syscall.Arch;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What follows for an ABI without evidence as an observation, to be replayed like any other. */
public final class DerivedObservation {
    private final DerivedLayer layer;
    private final DerivedArguments arguments;
    private final SourcePosition file;

    private DerivedObservation(DerivedLayer layer, SourcePosition file) {
        this.layer = layer;
        this.arguments = new DerivedArguments(layer);
        this.file = file;
    }

    /** One run on the target, with the counts and positions of the calls that its calls follow from. */
    public static Observation of(Observation observation, Arch target) {
        String source = observation.runs().get(0).source();
        DerivedObservation derived =
                new DerivedObservation(DerivedLayer.of(observation, target), SourcePosition.ofFile(source));
        return Observation.of(ImmutableList.of(new Run(
                DerivedLayer.NAME + "-" + target.label(),
                source,
                LineCounts.NONE,
                ImmutableList.of(),
                ImmutableSortedSet.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ImmutableSortedMap.of(target, ArchObservation.of(Proof.DECLARED, derived.calls())))));
    }

    private TreeMap<String, SyscallSum> calls() {
        TreeMap<String, SyscallSum> calls = new TreeMap<>();
        for (Map.Entry<String, ImmutableList<Origin>> call :
                layer.calls().calls().entrySet()) {
            SyscallSum sum = new SyscallSum();
            for (Origin origin : call.getValue()) {
                sum.add(seen(call.getKey(), origin));
            }
            calls.put(call.getKey(), sum);
        }
        return calls;
    }

    private SyscallObservation seen(String name, Origin origin) {
        SyscallObservation seen = layer.seen().get(origin.call());
        if (origin.way() == Way.START || seen == null) {
            return new SyscallObservation(
                    1, 0, 1, ImmutableSortedMap.of(), file, ImmutableSortedSet.of(), false, ImmutableSortedSet.of());
        }
        return new SyscallObservation(
                        seen.count(),
                        seen.succeeded(),
                        seen.unreturned(),
                        seen.errors(),
                        seen.first(),
                        seen.programs(),
                        seen.morePrograms(),
                        ImmutableSortedSet.of())
                .with(arguments.of(name, origin));
    }
}
