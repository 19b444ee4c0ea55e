package io.github.strait.observation;

import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.syscall.Arch;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@link NewCallRate} of an observation. Runs that lack calls on purpose are not judged, but what they show is known
 * to others; a run without any call, as one that does not start the chosen program, is not judged either.
 *
 * @param all over all runs
 * @param machines over the runs of each machine, by its native ABI
 * @param abis the same runs as of the machine, judged by the calls on one ABI
 */
public record NewCallRates(
        NewCallRate all, ImmutableSortedMap<Arch, NewCallRate> machines, ImmutableSortedMap<Arch, NewCallRate> abis) {
    private static final int SEVERAL = -1;

    /** The rates of these runs. */
    public static NewCallRates of(Observation observation) {
        BitSet judged = new BitSet();
        EnumMap<Arch, BitSet> judgedOn = new EnumMap<>(Arch.class);
        EnumMap<Arch, Map<String, Integer>> shownBy = new EnumMap<>(Arch.class);
        int place = 0;
        for (Run run : observation.runs()) {
            int shower = run.isPartial() ? SEVERAL : place++;
            run.architectures().forEach((arch, seen) -> {
                Map<String, Integer> showers = shownBy.computeIfAbsent(arch, key -> new HashMap<>());
                seen.syscalls().keySet().forEach(name -> showers.merge(name, shower, (one, other) -> SEVERAL));
                if (shower != SEVERAL) {
                    judged.set(shower);
                    on(judgedOn, arch.nativeArch()).set(shower);
                }
            });
        }
        BitSet alone = new BitSet();
        EnumMap<Arch, BitSet> aloneOn = new EnumMap<>(Arch.class);
        TreeMap<Arch, NewCallRate> abis = new TreeMap<>();
        shownBy.forEach((arch, showers) -> {
            BitSet here = new BitSet();
            showers.values().stream().filter(shower -> shower != SEVERAL).forEach(here::set);
            alone.or(here);
            on(aloneOn, arch.nativeArch()).or(here);
            abis.put(arch, rate(on(judgedOn, arch.nativeArch()), here));
        });
        TreeMap<Arch, NewCallRate> machines = new TreeMap<>();
        judgedOn.forEach((machine, runs) -> machines.put(machine, rate(runs, on(aloneOn, machine))));
        return new NewCallRates(
                rate(judged, alone), ImmutableSortedMap.copyOf(machines), ImmutableSortedMap.copyOf(abis));
    }

    /** The rate on an ABI that the observation has. */
    public NewCallRate of(Arch abi) {
        return abis.getOrDefault(abi, new NewCallRate(0, 0));
    }

    private static BitSet on(Map<Arch, BitSet> runs, Arch arch) {
        return runs.computeIfAbsent(arch, key -> new BitSet());
    }

    private static NewCallRate rate(BitSet runs, BitSet alone) {
        return new NewCallRate(runs.cardinality(), alone.cardinality());
    }
}
