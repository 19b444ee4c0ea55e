package io.github.strait.derive;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.LineCounts;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Proof;
import io.github.strait.observation.Run;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Multiplexer;
import io.github.strait.syscall.SyscallTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Observations without a trace: written down, or random. */
public final class Observations {
    private Observations() {}

    /** One run on one ABI that calls each of these once, in this order. */
    public static Observation of(Arch arch, String... names) {
        return Observation.of(List.of(run("run of " + arch.label(), arch, names)));
    }

    /** One run that calls each of these once; call number N stands in line N. */
    public static Run run(String source, Arch arch, String... names) {
        TreeMap<String, SyscallObservation> calls = new TreeMap<>();
        for (int i = 0; i < names.length; i++) {
            calls.put(names[i], call(source, i + 1, 1, List.of()));
        }
        return run(source, Map.of(arch, calls));
    }

    /** One run with these calls. */
    public static Run run(String source, Map<Arch, ? extends Map<String, SyscallObservation>> calls) {
        TreeMap<Arch, ArchObservation> arches = new TreeMap<>();
        calls.forEach((arch, syscalls) ->
                arches.put(arch, new ArchObservation(Proof.PROVEN, ImmutableSortedMap.copyOf(syscalls))));
        long entered = calls.values().stream()
                .flatMap(syscalls -> syscalls.values().stream())
                .mapToLong(SyscallObservation::count)
                .sum();
        return new Run(
                source + calls.hashCode(),
                source,
                new LineCounts(entered, 1, 0),
                ImmutableList.of(),
                ImmutableSortedSet.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ImmutableSortedMap.copyOf(arches));
    }

    /** A call that always succeeded. */
    public static SyscallObservation call(String source, int line, int count, Collection<String> alternatives) {
        return new SyscallObservation(
                count,
                count,
                0,
                ImmutableSortedMap.of(),
                new SourcePosition(source, line),
                ImmutableSortedSet.of("/bin/app"),
                false,
                ImmutableSortedSet.copyOf(alternatives));
    }

    /** Up to four runs on these ABIs; some calls are nameless, and some are multiplexers that may be meant otherwise. */
    public static Arbitrary<List<Run>> runs(Arch... arches) {
        Arbitrary<Map<Arch, Map<String, SyscallObservation>>> calls = Arbitraries.of(arches)
                .set()
                .ofMinSize(1)
                .ofMaxSize(3)
                .flatMap(set -> Combinators.combine(
                                set.stream().map(Observations::calls).toList())
                        .as(list -> {
                            Map<Arch, Map<String, SyscallObservation>> made = new TreeMap<>();
                            List<Arch> keys = new ArrayList<>(set);
                            for (int i = 0; i < keys.size(); i++) {
                                made.put(keys.get(i), list.get(i));
                            }
                            return made;
                        }));
        return Combinators.combine(Arbitraries.strings().alpha().ofLength(4), calls)
                .as(Observations::run)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static Arbitrary<Map<String, SyscallObservation>> calls(Arch arch) {
        List<String> names = List.copyOf(SyscallTable.of(arch).numbers().keySet());
        List<String> favourites = Stream.of("read", "openat", "exit_group", "getcpu", "socketcall", "ipc")
                .filter(names::contains)
                .toList();
        Arbitrary<String> name = Arbitraries.frequencyOf(
                Tuple.of(10, Arbitraries.of(names)),
                Tuple.of(4, Arbitraries.of(favourites)),
                Tuple.of(1, Arbitraries.integers().between(5000, 6000).map(number -> "syscall_" + number)));
        return Combinators.combine(
                        name.set().ofMinSize(1).ofMaxSize(12),
                        Arbitraries.integers().between(1, 1000))
                .as((set, count) -> {
                    Map<String, SyscallObservation> made = new TreeMap<>();
                    set.forEach(call -> made.put(call, call("trace", count, count, alternatives(call, arch))));
                    return made;
                });
    }

    private static List<String> alternatives(String call, Arch arch) {
        return Multiplexer.subcalls(call).stream()
                .filter(SyscallTable.of(arch)::contains)
                .limit(1)
                .toList();
    }
}
