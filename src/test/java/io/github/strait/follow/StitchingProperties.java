package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.Observation;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;

/** The same calls in any order of the kernel's, whole or in halves, are the same observation. */
@PropertyDefaults(tries = 400)
class StitchingProperties {
    private static final SourcePosition NOWHERE = SourcePosition.ofFile("-");
    private static final String[] COLUMNS = {
        "$1 ",
        "[pid   $1] ",
        "$1 21:19:12.587546 ",
        "$1 1795295952.587546 ",
        "$1      0.000211 ",
        "[pid   $1] 21:19:12 (+     0.000645) ",
        "$1<a\\\\76 b> "
    };
    private static final ImmutableSortedSet<String> NONE = ImmutableSortedSet.of();

    @Property
    void programsOfOneAbi(@ForAll long seed, @ForAll long order) {
        RandomProgram program = new RandomProgram(seed, false);
        assertEquals(calls(program.inOrder()), calls(program.interleaved(order, false)));
    }

    @Property
    void programsOfTwoAbis(@ForAll long seed, @ForAll long order) {
        RandomProgram program = new RandomProgram(seed, true);
        assertEquals(calls(program.inOrder()), calls(program.interleaved(order, false)));
    }

    /** Columns, and the space that was printed behind a second half's bracket up to 4.26, change nothing. */
    @Property
    void programsInAnyStyle(@ForAll long seed, @ForAll long order, @ForAll boolean mixes, @ForAll Random random) {
        RandomProgram program = new RandomProgram(seed, mixes);
        String trace = program.interleaved(order, false)
                .replaceAll("(?m)^(\\d+) +", COLUMNS[random.nextInt(COLUMNS.length)])
                .replace(" resumed>", random.nextBoolean() ? " resumed> " : " resumed>");
        assertEquals(calls(program.inOrder()), calls(trace));
    }

    /** With several forks pending, whose child a task is may show too late to name its program. */
    @Property
    void forksAtTheSameTime(@ForAll long seed, @ForAll long order) {
        RandomProgram program = new RandomProgram(seed, false);
        assertEquals(
                withoutPrograms(calls(program.inOrder())), withoutPrograms(calls(program.interleaved(order, true))));
    }

    @Property
    void everyCallAndEveryLineIsAccountedFor(@ForAll long seed, @ForAll long order) {
        String trace = new RandomProgram(seed, true).interleaved(order, true);
        Observation observation = Observing.text(trace).observation();
        assertEquals(trace.lines().count(), observation.lines().total());
        assertEquals(0, observation.lines().unparsed());
        assertEquals(
                trace.lines()
                        .filter(line -> !line.contains(" resumed>") && !line.contains("+++"))
                        .count(),
                observation.lines().calls());
        long entered = 0;
        for (ArchObservation arch : observation.architectures().values()) {
            for (SyscallObservation call : arch.syscalls().values()) {
                long errors = call.errors().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                assertEquals(call.count(), call.succeeded() + call.unreturned() + errors);
                entered += call.count();
            }
        }
        assertEquals(observation.lines().calls(), entered);
    }

    /** All that does not depend on the order of lines. */
    private static Map<Arch, Map<String, SyscallObservation>> calls(String trace) {
        Map<Arch, Map<String, SyscallObservation>> all = new TreeMap<>();
        Observing.text(trace)
                .observation()
                .architectures()
                .forEach((arch, seen) ->
                        all.put(arch, Maps.transformValues(seen.syscalls(), call -> with(call, call.programs()))));
        return all;
    }

    private static Map<Arch, Map<String, SyscallObservation>> withoutPrograms(
            Map<Arch, Map<String, SyscallObservation>> calls) {
        Map<Arch, Map<String, SyscallObservation>> all = new TreeMap<>();
        calls.forEach((arch, seen) -> all.put(arch, Maps.transformValues(seen, call -> with(call, NONE))));
        return all;
    }

    private static SyscallObservation with(SyscallObservation call, ImmutableSortedSet<String> programs) {
        return new SyscallObservation(
                call.count(),
                call.succeeded(),
                call.unreturned(),
                call.errors(),
                NOWHERE,
                programs,
                call.morePrograms(),
                call.alternatives());
    }
}
