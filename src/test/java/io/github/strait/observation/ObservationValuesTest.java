package io.github.strait.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values that an observation consists of: what they refuse, how two are put together. */
class ObservationValuesTest {
    private static SyscallObservation call(long count, String file, String... programs) {
        return new SyscallObservation(
                count,
                count - 1,
                0,
                ImmutableSortedMap.of("EIO", 1L),
                new SourcePosition(file, 3),
                ImmutableSortedSet.copyOf(programs),
                false,
                ImmutableSortedSet.of());
    }

    private static String[] programs(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "/bin/" + (char) ('a' + i))
                .toArray(String[]::new);
    }

    private static Run run(String id, String source, Proof... proofs) {
        ImmutableSortedMap.Builder<Arch, ArchObservation> arches = ImmutableSortedMap.naturalOrder();
        for (int i = 0; i < proofs.length; i++) {
            arches.put(Arch.values()[i], new ArchObservation(proofs[i], ImmutableSortedMap.of()));
        }
        return new Run(
                id,
                source,
                LineCounts.NONE,
                ImmutableList.of(),
                ImmutableSortedSet.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                arches.buildOrThrow());
    }

    @Test
    void linesAreNeverNegativeAndAddUp() {
        assertThrows(IllegalArgumentException.class, () -> new LineCounts(-1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new LineCounts(0, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> new LineCounts(0, 0, -1));
        LineCounts some = new LineCounts(1, 20, 300);
        assertEquals(321, some.total());
        assertEquals(new LineCounts(5, 70, 900), some.plus(new LineCounts(4, 50, 600)));
        assertEquals(some, LineCounts.NONE.plus(some));
    }

    @Test
    void bothCallsTogether() {
        SyscallObservation sum = call(5, "b", "/bin/a").plus(call(7, "a", "/bin/b", "/bin/a"));
        assertEquals(12, sum.count());
        assertEquals(10, sum.succeeded());
        assertEquals(Map.of("EIO", 2L), sum.errors());
        assertEquals(new SourcePosition("a", 3), sum.first());
        assertEquals(Set.of("/bin/a", "/bin/b"), sum.programs());
        assertFalse(sum.morePrograms());
        assertEquals(sum, call(7, "a", "/bin/b", "/bin/a").plus(call(5, "b", "/bin/a")));
        assertThrows(IllegalArgumentException.class, () -> call(0, "a"));
    }

    @Test
    void theFirstProgramsByNameAreKept() {
        SyscallObservation full = call(1, "t", programs(4, 20));
        assertEquals(16, full.programs().size());
        assertFalse(full.morePrograms());
        SyscallObservation more = full.plus(call(1, "t", programs(0, 2)));
        assertTrue(more.morePrograms());
        assertEquals(16, more.programs().size());
        assertEquals("/bin/a", more.programs().first());
        assertEquals("/bin/r", more.programs().last());
        assertTrue(call(1, "t").plus(more).morePrograms());
        assertEquals(more, call(1, "t", programs(0, 2)).plus(full));
    }

    /** However many there are, and in whatever order they come. */
    @Property(tries = 200)
    void manyCallsTogether(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 99) Integer> seeds, @ForAll Random order) {
        List<SyscallObservation> calls = new ArrayList<>();
        seeds.forEach(seed -> calls.add(call(1 + seed, "t" + seed % 7, programs(seed % 23, seed % 23 + seed % 20))));
        SyscallObservation expected = calls.get(0);
        SortedSet<String> named = new TreeSet<>(expected.programs());
        boolean more = expected.morePrograms();
        for (SyscallObservation call : calls.subList(1, calls.size())) {
            expected = expected.plus(call);
            named.addAll(call.programs());
            more |= call.morePrograms();
        }
        Collections.shuffle(calls, order);
        SyscallSum sum = new SyscallSum();
        calls.forEach(sum::add);
        assertEquals(expected, sum.total());
        assertEquals(more || named.size() > 16, sum.total().morePrograms());
        assertEquals(named.stream().limit(16).toList(), List.copyOf(sum.total().programs()));
    }

    @Test
    void nothingHasNoSum() {
        assertThrows(IllegalStateException.class, () -> new SyscallSum().total());
    }

    @ParameterizedTest
    @CsvSource({
        "PROVEN, PROVEN, PROVEN",
        "PROVEN, DECLARED, DECLARED",
        "PROVEN, ASSUMED, ASSUMED",
        "DECLARED, DECLARED, DECLARED",
        "DECLARED, ASSUMED, ASSUMED",
    })
    void theWeakerProofCounts(Proof a, Proof b, Proof weaker) {
        ArchObservation one =
                new ArchObservation(a, ImmutableSortedMap.of("read", call(2, "a"), "write", call(1, "a")));
        ArchObservation two =
                new ArchObservation(b, ImmutableSortedMap.of("read", call(3, "b"), "close", call(1, "b")));
        ArchObservation sum = ArchObservation.sum(List.of(one, two));
        assertEquals(weaker, sum.proof());
        assertEquals(sum, ArchObservation.sum(List.of(two, one)));
        assertEquals(
                Map.of("read", call(2, "a").plus(call(3, "b")), "write", call(1, "a"), "close", call(1, "b")),
                sum.syscalls());
    }

    @Test
    void theBetterReadingOfATraceIsTheSurerOne() {
        Run proven = run("1", "z", Proof.PROVEN, Proof.PROVEN);
        Run declared = run("1", "a", Proof.PROVEN, Proof.DECLARED);
        Run assumed = run("1", "a", Proof.ASSUMED);
        assertSame(proven, Run.better(proven, declared));
        assertSame(proven, Run.better(declared, proven));
        assertSame(declared, Run.better(assumed, declared));
        Run sameBySource = run("1", "y", Proof.PROVEN);
        assertSame(sameBySource, Run.better(proven, sameBySource));
        Run sameById = run("0", "z", Proof.PROVEN, Proof.PROVEN);
        assertSame(sameById, Run.better(proven, sameById));
    }

    @Test
    void marksAreWrittenInLowerCase() {
        assertEquals("summary-only", RunMark.SUMMARY_ONLY.label());
    }
}
