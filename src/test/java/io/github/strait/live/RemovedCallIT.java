package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Profiles allow no call in vain: with any one of the observed calls taken away the workload of the program fails. What
 * is taken away kills, because programs ignore two of five calls when these fail with EPERM. The traces are of x86-64.
 */
@RequiresWorkloads
@RequiresTool({"crun", "zstd"})
class RemovedCallIT {
    private static final double NOTICED_AT_LEAST = 0.9;

    /** Programs whose workload takes seconds: of these only every sixth call is taken away, in the order of the names. */
    private static final Set<String> SLOW = Set.of("java", "nginx", "postgres");

    private static final int SLOW_STEP = 6;

    /** {@code PROGRAM<TAB>CALL<TAB>REASON}. */
    private static final Path UNNOTICED = Path.of("src/test/resources/io/github/strait/live/unnoticed.tsv");

    /** Seconds for each step: a program that hangs without the call is no better than one that fails. */
    private static final int PATIENCE = 3;

    /** Some calls are made in most runs only: {@code futex} when a thread has not yet ended when it is joined. */
    private static final int TRIES = 12;

    @Test
    void nearlyEveryRemovalIsNoticed() throws Exception {
        Map<TracedProgram, byte[]> profiles = new HashMap<>();
        List<Removal> removals = new ArrayList<>();
        for (TracedProgram program : TracedProgram.all()) {
            profiles.put(program, program.profile(List.of("--runtime", OciRuntime.CRUN.spec(), "--no-new-privs")));
            int step = SLOW.contains(program.name()) ? SLOW_STEP : 1;
            List<String> calls = program.observedCalls().asList();
            for (int i = 0; i < calls.size(); i += step) {
                removals.add(new Removal(program, calls.get(i)));
            }
        }
        Set<String> listed = listed();
        Map<Removal, Outcome> outcomes = InPairs.map(removals, removal -> {
            int tries = listed.contains(removal.toString()) ? 1 : TRIES;
            return () -> removal.run(profiles.getOrDefault(removal.program(), new byte[0]), tries);
        });
        TreeSet<String> unnoticed = new TreeSet<>();
        outcomes.forEach((removal, outcome) -> {
            if (outcome.status() == 0) {
                unnoticed.add(removal.toString());
            }
        });
        System.out.println("removed calls: " + removals.size() + ", noticed: " + (removals.size() - unnoticed.size())
                + ", not noticed: " + unnoticed);
        assertEquals(Set.of(), Sets.difference(unnoticed, listed), "not noticed, and not in " + UNNOTICED);
        assertTrue(removals.size() - unnoticed.size() >= NOTICED_AT_LEAST * removals.size());
    }

    @Test
    void whatIsListedWasObserved() throws IOException {
        TreeSet<String> observed = new TreeSet<>();
        for (TracedProgram program : TracedProgram.all()) {
            program.observedCalls().forEach(call -> observed.add(new Removal(program, call).toString()));
        }
        assertEquals(Set.of(), Sets.difference(listed(), observed));
    }

    private static ImmutableSet<String> listed() throws IOException {
        return Files.readAllLines(UNNOTICED).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> {
                    List<String> cells = Splitter.on('\t').splitToList(line);
                    assertTrue(cells.size() == 3 && !cells.get(2).isBlank(), "no reason: " + line);
                    return cells.get(0) + " " + cells.get(1);
                })
                .collect(ImmutableSet.toImmutableSet());
    }

    /** A program without one of its calls. */
    private record Removal(TracedProgram program, String call) {
        /** The first failure, or the last of so many runs. */
        Outcome run(byte[] profile, int tries) throws Exception {
            byte[] without = without(profile);
            Workload workload = new Workload(program.name(), OciRuntime.CRUN, true);
            return Again.untilItFails(tries, () -> workload.run(without, PATIENCE));
        }

        private byte[] without(byte[] profile) throws IOException {
            ObjectNode document = WithoutCall.of(profile, call);
            document.withArray("syscalls")
                    .addObject()
                    .put("action", "SCMP_ACT_KILL_PROCESS")
                    .putArray("names")
                    .add(call);
            return WithoutCall.bytes(document);
        }

        @Override
        public String toString() {
            return program + " " + call;
        }
    }
}
