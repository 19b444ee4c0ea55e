package io.github.strait.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.derive.Observations;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which runs alone show a call. */
class NewCallRatesTest {
    private static Run run(String id, Arch arch, String... calls) {
        return Observations.run(id, arch, calls);
    }

    private static Run partial(Run run) {
        Recording recording = new Recording(
                Recording.Kind.COMMAND,
                ImmutableSortedMap.of(),
                ImmutableList.of(),
                Optional.empty(),
                true,
                ImmutableSortedSet.of("read"));
        return new Run(
                run.id(),
                run.source(),
                run.lines(),
                run.unparsedAt(),
                run.marks(),
                run.completeness(),
                Optional.of(recording),
                run.runtime(),
                run.architectures());
    }

    @Test
    void aRunIsAloneOnceHoweverManyCallsItAloneShows() {
        NewCallRates rates = NewCallRates.of(Observation.of(List.of(
                run("a", Arch.X86_64, "read", "write", "mkdir", "rmdir"),
                run("b", Arch.X86_64, "read", "write"),
                run("c", Arch.X86_64, "read", "chdir"),
                run("d", Arch.X86_64, "read"))));
        assertEquals(new NewCallRate(4, 2), rates.all());
        assertEquals(0.5, rates.all().estimate().orElseThrow().rate());
    }

    @Test
    void fewRunsSayNothing() {
        NewCallRates rates = NewCallRates.of(Observation.of(
                List.of(run("a", Arch.X86_64, "read"), run("b", Arch.X86_64, "read"), run("c", Arch.X86_64, "read"))));
        assertEquals(new NewCallRate(3, 0), rates.all());
        assertTrue(rates.all().estimate().isEmpty());
        assertEquals(new NewCallRate(0, 0), NewCallRates.of(Observation.EMPTY).all());
    }

    /** A 32-bit call counts among the runs of the machine, whether they make any. */
    @Test
    void anAbiIsJudgedByTheRunsOfItsMachine() {
        Observation observation = Observation.of(List.of(
                run("a", Arch.X86_64, "read"),
                run("b", Arch.X86, "read"),
                run("c", Arch.AARCH64, "read"),
                run("d", Arch.AARCH64, "read", "write")));
        NewCallRates rates = NewCallRates.of(observation);
        assertEquals(new NewCallRate(4, 3), rates.all());
        assertEquals(Set.of(Arch.X86_64, Arch.AARCH64), rates.machines().keySet());
        assertEquals(new NewCallRate(2, 2), rates.machines().get(Arch.X86_64));
        assertEquals(new NewCallRate(2, 1), rates.of(Arch.AARCH64));
        assertEquals(new NewCallRate(2, 1), rates.of(Arch.X86_64));
        assertEquals(new NewCallRate(2, 1), rates.of(Arch.X86));
        assertEquals(new NewCallRate(0, 0), rates.of(Arch.S390X));
    }

    @Test
    void aPartialRunIsNotJudgedButKnown() {
        Observation observation = Observation.of(List.of(
                run("a", Arch.X86_64, "read", "write"),
                run("b", Arch.X86_64, "read", "mkdir"),
                partial(run("c", Arch.X86_64, "write"))));
        assertEquals(new NewCallRate(2, 1), NewCallRates.of(observation).all());
    }

    @Test
    void neitherOrderNorRepetitionMatters() {
        Random random = new Random(18);
        String[] names = {"read", "write", "mkdir", "rmdir", "chdir", "openat", "close"};
        for (int i = 0; i < 200; i++) {
            List<Run> runs = new ArrayList<>();
            for (int id = 0; id < 1 + random.nextInt(8); id++) {
                List<String> some = new ArrayList<>(List.of(names));
                Collections.shuffle(some, random);
                String[] calls = some.subList(0, 1 + random.nextInt(4)).toArray(String[]::new);
                runs.add(run("run" + id, random.nextBoolean() ? Arch.X86_64 : Arch.X86, calls));
            }
            NewCallRates rates = NewCallRates.of(Observation.of(runs));
            int cut = random.nextInt(runs.size() + 1);
            Observation first = Observation.of(runs.subList(0, cut));
            Observation rest = Observation.of(runs.subList(random.nextInt(cut + 1), runs.size()));
            assertEquals(rates, NewCallRates.of(rest.merge(first)));
            assertEquals(rates.all(), counted(runs));
        }
    }

    /** The same, by comparing each run with the union of the others. */
    private static NewCallRate counted(List<Run> runs) {
        int alone = 0;
        for (Run run : runs) {
            Observation others =
                    Observation.of(runs.stream().filter(other -> other != run).toList());
            boolean isAlone = run.architectures().entrySet().stream()
                    .anyMatch(seen -> !others.architectures().containsKey(seen.getKey())
                            || !others.architectures()
                                    .get(seen.getKey())
                                    .syscalls()
                                    .keySet()
                                    .containsAll(seen.getValue().syscalls().keySet()));
            alone += isAlone ? 1 : 0;
        }
        return new NewCallRate(runs.size(), alone);
    }
}
