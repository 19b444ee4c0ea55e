package io.github.strait.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.Place;
import io.github.strait.argument.Tier;
import io.github.strait.condition.CallConditions;
import io.github.strait.condition.Calls;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Run;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The laws of conditions in a derivation, whatever values were seen and whatever layers are on. */
class NarrowingProperties {
    /** Calls whose values matter, or that others stand in for. */
    private static final List<String> CALLS = ImmutableList.copyOf(calls());

    private static Set<String> calls() {
        Set<String> calls = new TreeSet<>(Catalogue.calls());
        calls.addAll(
                List.of("accept", "execve", "fork", "vfork", "pipe", "getrlimit", "setrlimit", "recv", "send", "read"));
        return calls;
    }

    @Provide
    Arbitrary<ImmutableList<Layer>> layers() {
        List<Layer> all = new ArrayList<>(Layer.all());
        all.add(RuntimeLayer.of("docker", false, false, false));
        all.addAll(Layer.onRequest());
        return Arbitraries.subsetOf(all).map(ImmutableList::copyOf);
    }

    private static Run run(Arch arch, Random random) {
        Map<String, SyscallObservation> calls = new TreeMap<>();
        calls.put("read", Calls.seen("9", ArgumentTuple.of(1L)));
        for (String call : CALLS) {
            if (!SyscallTable.of(arch).contains(call) || random.nextInt(4) > 0) {
                continue;
            }
            List<Place> places = Catalogue.places(call, arch).asList();
            if (places.isEmpty()) {
                calls.put(call, Calls.seen("9", ArgumentTuple.of(1L)));
                continue;
            }
            Place place = places.get(random.nextInt(places.size()));
            List<ArgumentTuple> tuples = new ArrayList<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                tuples.add(tuple(place, random));
            }
            calls.put(call, Calls.seen(place.toString(), tuples, random.nextInt(8) == 0 ? 1 : 0));
        }
        return Observations.run("run" + random.nextInt(1000), Map.of(arch, calls));
    }

    private static ArgumentTuple tuple(Place place, Random random) {
        List<Long> values = new ArrayList<>();
        for (int k = 0; k < place.size(); k++) {
            long value = random.nextBoolean() ? random.nextInt(64) : random.nextLong();
            values.add(place.cut(random.nextBoolean() ? value : 1L << random.nextInt(32)));
        }
        return new ArgumentTuple(ImmutableList.copyOf(values));
    }

    private static Derivation derive(Observation observation, ImmutableList<Layer> layers, Tier tier) {
        return Derivation.of(observation, Choices.of(layers, Optional.of(tier)));
    }

    @Property(tries = 600, edgeCases = EdgeCasesMode.NONE)
    void moreEvidenceTakesNoArgumentsAway(
            @ForAll Arch arch, @ForAll Tier tier, @ForAll("layers") ImmutableList<Layer> layers, @ForAll long seed) {
        Random random = new Random(seed);
        Observation some = Observation.of(List.of(run(arch, random)));
        Derivation before = derive(some, layers, tier);
        Derivation after = derive(some.merge(Observation.of(List.of(run(arch, random)))), layers, tier);
        Set<String> still = after.rationale(arch).names();
        for (String name : before.rationale(arch).names()) {
            boolean isStandIn = before.rationale(arch).reasons().get(name).get(0) instanceof Reason.Fallback;
            if (isOfSiblings(before, arch, name)) {
                // more evidence may tell that the programs have another libc, which these calls are not for
                continue;
            }
            assertTrue(still.contains(name) || isStandIn && still.contains("clone3"), name);
            CallConditions wide = conditions(after, arch, name);
            for (ImmutableList<Condition> all : conditions(before, arch, name).alternatives()) {
                assertTrue(!still.contains(name) || wide.includes(all), () -> name + " " + all + " " + wide);
            }
        }
    }

    /** Whether a call is allowed for the layer of siblings. */
    private static boolean isOfSiblings(Derivation derivation, Arch arch, String name) {
        return derivation.rationale(arch).reasons().getOrDefault(name, ImmutableList.of()).stream()
                .anyMatch(why ->
                        why instanceof Reason.Layered layered && layered.layer().equals(Siblings.LAYER.name()));
    }

    private static CallConditions conditions(Derivation derivation, Arch arch, String name) {
        return derivation.conditions(arch, Sharing.NONE).getOrDefault(name, CallConditions.NONE);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void aLayerTakesNoArgumentsAway(
            @ForAll Arch arch, @ForAll Tier tier, @ForAll("layers") ImmutableList<Layer> layers, @ForAll long seed) {
        Observation observation = Observation.of(List.of(run(arch, new Random(seed))));
        Derivation without = derive(observation, ImmutableList.of(), tier);
        Derivation with = derive(observation, layers, tier);
        Set<String> still = with.rationale(arch).names();
        for (String name : without.rationale(arch).names()) {
            boolean isStandIn = without.rationale(arch).reasons().get(name).get(0) instanceof Reason.Fallback;
            assertTrue(still.contains(name) || isStandIn && still.contains("clone3"), name);
            CallConditions wide = conditions(with, arch, name);
            for (ImmutableList<Condition> all : conditions(without, arch, name).alternatives()) {
                assertTrue(!still.contains(name) || wide.includes(all), () -> name + " " + all + " " + wide);
            }
        }
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void theOrderOfRunsDoesNotMatter(
            @ForAll Arch arch, @ForAll Tier tier, @ForAll("layers") ImmutableList<Layer> layers, @ForAll long seed) {
        Random random = new Random(seed);
        Observation one = Observation.of(List.of(run(arch, random)));
        Observation other = Observation.of(List.of(run(arch, random)));
        assertEquals(
                derive(one.merge(other), layers, tier).plain(),
                derive(other.merge(one), layers, tier).plain());
    }
}
