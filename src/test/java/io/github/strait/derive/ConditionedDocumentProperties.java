package io.github.strait.derive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.Place;
import io.github.strait.argument.Tier;
import io.github.strait.condition.Calls;
import io.github.strait.format.Formats;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.Observation;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A document with conditions from any values is read and written as the same bytes. */
class ConditionedDocumentProperties {
    /** Calls of the catalogue, each with some values that the kernel could read. */
    private static Observation observation(Arch arch, Random random) {
        Map<String, SyscallObservation> calls = new TreeMap<>();
        for (String call : Catalogue.calls()) {
            List<Place> places = List.copyOf(Catalogue.places(call, arch));
            if (!SyscallTable.of(arch).contains(call) || places.isEmpty() || random.nextBoolean()) {
                continue;
            }
            Place place = places.get(random.nextInt(places.size()));
            ArgumentTuple[] tuples = new ArgumentTuple[1 + random.nextInt(4)];
            for (int i = 0; i < tuples.length; i++) {
                List<Long> values = new ArrayList<>();
                for (int k = 0; k < place.size(); k++) {
                    long value = random.nextBoolean() ? random.nextInt(64) : random.nextLong();
                    values.add(place.cut(value));
                }
                tuples[i] = new ArgumentTuple(ImmutableList.copyOf(values));
            }
            calls.put(call, Calls.seen(place.toString(), tuples));
        }
        calls.put("read", Calls.seen("9", ArgumentTuple.of(1L)));
        return Observation.of(List.of(Observations.run("run", Map.of(arch, calls))));
    }

    @Property(tries = 150)
    void theSameBytesAgain(@ForAll Arch arch, @ForAll Tier tier, @ForAll long seed) {
        Derivation derivation = Derivation.of(
                observation(arch, new Random(seed)),
                new DeriveOptions(
                        ImmutableSortedSet.of(),
                        ImmutableList.of(),
                        DeriveOptions.EPERM,
                        DeriveOptions.BASELINE,
                        false,
                        Overrides.NONE,
                        Optional.of(tier)));
        Profile profile = derivation.plain();
        byte[] document = Formats.usual().write(profile);
        Profile read = Formats.read("document", document).profile();
        assertEquals(profile.rules(), read.rules());
        assertArrayEquals(document, Formats.usual().write(read));
    }
}
