package io.github.strait.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.SourcePosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The values of arguments add up in any order, also beside calls of which nothing is known. */
public class ArgumentValuesProperties {
    private static final String[] PLACES = {"0", "2 3", "flags"};

    /** A call with arguments at some of its places, which add up to its count. */
    public static SyscallObservation withArguments(SyscallObservation call, Random random) {
        TreeMap<String, ArgumentValues> arguments = new TreeMap<>();
        for (String place : PLACES) {
            if (random.nextInt(3) > 0) {
                arguments.put(place, values(call.count(), place.length() == 3 ? 2 : 1, random));
            }
        }
        return call.with(arguments);
    }

    private static ArgumentValues values(long count, int size, Random random) {
        if (random.nextInt(12) == 0) {
            return ArgumentValues.MORE;
        }
        ArgumentSum sum = new ArgumentSum();
        int kinds = random.nextInt(4) == 0 ? 80 : 4;
        long left = count;
        for (int i = random.nextInt(kinds); i >= 0 && left > 0; i--) {
            long some = random.nextInt(3) == 0 ? left : Math.min(left, 1 + random.nextInt(3));
            if (random.nextInt(5) == 0) {
                sum.addUnknown(some, position(random));
            } else {
                List<Long> tuple = new ArrayList<>();
                for (int k = 0; k < size; k++) {
                    tuple.add((long) random.nextInt(kinds) << random.nextInt(24));
                }
                sum.add(ArgumentTuple.of(tuple.toArray(Long[]::new)), new Sighting(some, position(random)));
            }
            left -= some;
        }
        if (left > 0) {
            sum.addUnknown(left, position(random));
        }
        return sum.total();
    }

    private static SourcePosition position(Random random) {
        return new SourcePosition(random.nextBoolean() ? "a:b" : "c.*", 1 + random.nextInt(50));
    }

    private static SyscallObservation call(Random random) {
        long count = 1 + random.nextInt(120);
        return withArguments(
                new SyscallObservation(
                        count,
                        count,
                        0,
                        ImmutableSortedMap.of(),
                        position(random),
                        ImmutableSortedSet.of(),
                        false,
                        ImmutableSortedSet.of()),
                random);
    }

    @Property(tries = 1000)
    void theOrderDoesNotMatter(@ForAll Random random) {
        SyscallObservation a = call(random);
        SyscallObservation b = call(random);
        SyscallObservation c = call(random);
        assertEquals(a.plus(b), b.plus(a));
        assertEquals(a.plus(b).plus(c), a.plus(b.plus(c)));
        List<SyscallObservation> all = new ArrayList<>(List.of(a, b, c, a, call(random)));
        SyscallObservation sum = all.stream().reduce(SyscallObservation::plus).orElseThrow();
        Collections.shuffle(all, random);
        SyscallSum shuffled = new SyscallSum();
        all.forEach(shuffled::add);
        assertEquals(sum, shuffled.total());
        assertEquals(sum.hashCode(), shuffled.total().hashCode());
    }

    /** Every call has a tuple or is unknown, unless there are more; what was seen is still seen, and so is what was not. */
    @Property(tries = 1000)
    void moreEvidenceTakesNothingAway(@ForAll Random random) {
        SyscallObservation a = call(random);
        SyscallObservation b = call(random);
        SyscallObservation both = a.plus(b);
        for (String place : PLACES) {
            ArgumentValues one = at(a, place);
            ArgumentValues other = at(b, place);
            ArgumentValues sum = at(both, place);
            assertEquals(one.plus(other), sum);
            assertTrue(sum.more() || sum.count() == both.count());
            assertTrue(!one.more() || sum.more());
            if (!sum.more()) {
                assertEquals(one.unknown() + other.unknown(), sum.unknown());
                one.seen().forEach((tuple, seen) -> {
                    Sighting after = sum.seen().get(tuple);
                    assertTrue(after.count() >= seen.count() && after.first().compareTo(seen.first()) <= 0);
                });
            }
        }
    }

    /** What a place says that is not there. */
    private static ArgumentValues at(SyscallObservation call, String place) {
        ArgumentValues said = call.arguments().get(place);
        return said != null
                ? said
                : new ArgumentSum().addUnknown(call.count(), call.first()).total();
    }

    @Test
    void moreThanAreKeptAreMoreForEver() {
        ArgumentSum sum = new ArgumentSum();
        Sighting once = new Sighting(1, new SourcePosition("f", 1));
        for (long i = 0; i < 64; i++) {
            sum.add(ArgumentTuple.of(i), once);
            assertEquals(i + 1, sum.total().seen().size());
        }
        sum.add(ArgumentTuple.of(63L), once);
        ArgumentValues full = sum.total();
        assertEquals(65, full.known());
        assertEquals(full, new ArgumentSum().add(full).total());
        sum.add(ArgumentTuple.of(64L), once);
        assertEquals(ArgumentValues.MORE, sum.total());
        sum.addUnknown(3, new SourcePosition("f", 2));
        sum.add(full);
        assertEquals(ArgumentValues.MORE, sum.total());
    }

    @Test
    void tuplesAreOrderedWithoutSignAndSpeltInHexadecimal() {
        List<String> texts = List.of("0", "2", "2 1 6", "2 a", "10", "7fffffffffffffff", "ffffffffffffffff");
        List<ArgumentTuple> tuples = new ArrayList<>();
        texts.forEach(text -> tuples.add(ArgumentTuple.parse(text).orElseThrow()));
        List<ArgumentTuple> sorted = new ArrayList<>(tuples);
        Collections.shuffle(sorted, new Random(5));
        Collections.sort(sorted);
        assertEquals(tuples, sorted);
        assertEquals(texts, sorted.stream().map(ArgumentTuple::toString).toList());
        for (String wrong :
                List.of("", "02", "0x2", "2  1", " 2", "2 ", "A", "-1", "10000000000000000", "1 2 3 4 5 6 7")) {
            assertEquals(Optional.empty(), ArgumentTuple.parse(wrong), wrong);
        }
        assertThrows(IllegalArgumentException.class, () -> ArgumentTuple.of());
    }

    @Test
    void valuesThatDoNotAddUpAreRefused() {
        SyscallObservation call = call(new Random(1));
        SourcePosition at = new SourcePosition("f", 1);
        Sighting tooOften = new Sighting(call.count() + 1, at);
        ArgumentValues values =
                new ArgumentValues(ImmutableSortedMap.of(ArgumentTuple.of(1L), tooOften), 0, Optional.empty(), false);
        assertThrows(IllegalArgumentException.class, () -> call.with(ImmutableSortedMap.of("0", values)));
        assertThrows(IllegalArgumentException.class, () -> new Sighting(0, at));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ArgumentValues(ImmutableSortedMap.of(), 1, Optional.empty(), false));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ArgumentValues(ImmutableSortedMap.of(), 1, Optional.of(at), true));
        ArgumentValues unknown = new ArgumentSum().addUnknown(call.count(), at).total();
        assertEquals(
                ImmutableSortedMap.of(),
                call.with(ImmutableSortedMap.of("0", unknown)).arguments());
    }
}
