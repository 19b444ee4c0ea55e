package io.github.strait.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.argument.ValuePattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A cover holds the tuples and nothing else, in any order. */
class TupleCoverProperties {
    private static final int[] REGISTERS = {1, 3};
    private static final long[] WIDTHS = {0xf, 0xff};

    @Provide
    Arbitrary<List<ValuePattern>> patterns() {
        Arbitrary<ImmutableSortedSet<Long>> first =
                Arbitraries.longs().between(0, 15).set().ofMaxSize(4).map(ImmutableSortedSet::copyOf);
        Arbitrary<ImmutableSortedSet<Long>> second =
                Arbitraries.longs().between(0, 40).set().ofMaxSize(12).map(ImmutableSortedSet::copyOf);
        return Combinators.combine(first, second)
                .as((one, two) -> new ValuePattern(ImmutableList.of(one, two)))
                .list()
                .ofMaxSize(5);
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void holdsTheTuplesAndNothingElse(@ForAll("patterns") List<ValuePattern> patterns) {
        List<Cube> cubes = new TupleCover(REGISTERS, WIDTHS).of(patterns);
        for (long one = 0; one <= WIDTHS[0]; one++) {
            for (long two = 0; two <= WIDTHS[1]; two++) {
                List<Long> tuple = List.of(one, two);
                Cube single = Cube.all().with(1, WIDTHS[0], one).with(3, WIDTHS[1], two);
                assertEquals(
                        patterns.stream().anyMatch(pattern -> pattern.matches(tuple)),
                        cubes.stream().anyMatch(cube -> cube.contains(single)),
                        () -> tuple + " in " + cubes);
            }
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void doesNotDependOnTheOrder(@ForAll("patterns") List<ValuePattern> patterns, @ForAll long seed) {
        List<ValuePattern> shuffled = new ArrayList<>(patterns);
        Collections.shuffle(shuffled, new Random(seed));
        assertEquals(
                new TupleCover(REGISTERS, WIDTHS).of(patterns).toString(),
                new TupleCover(REGISTERS, WIDTHS).of(shuffled).toString());
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void needsNoMoreThanOneCubeATuple(@ForAll("patterns") List<ValuePattern> patterns) {
        List<Cube> cubes = new TupleCover(REGISTERS, WIDTHS).of(patterns);
        int tuples = patterns.stream()
                .mapToInt(pattern -> pattern.sets().stream()
                        .mapToInt(set -> Math.max(1, set.size()))
                        .reduce(1, (a, b) -> a * b))
                .sum();
        assertTrue(cubes.size() <= tuples, cubes.toString());
    }
}
