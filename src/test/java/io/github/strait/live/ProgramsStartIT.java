package io.github.strait.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.github.strait.derive.RuntimeLayer;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every program that has a trace starts in a container under the profile that its traces give, with conditions on
 * arguments, does its work there, and ends with status 0. The traces are of x86-64.
 */
@RequiresWorkloads
@RequiresTool({"runc", "crun", "zstd"})
class ProgramsStartIT {
    /** Seconds for each step of a workload, on a busy machine. */
    private static final int PATIENCE = 50;

    /** A runtime may do without a call that it needs in most runs. */
    private static final int TRIES = 3;

    /** What runc needs only when Go's scheduler has it so: without them it starts more often than not. */
    private static final ImmutableSortedSet<String> NOW_AND_THEN = ImmutableSortedSet.of("futex", "rt_sigreturn");

    @Test
    void everyProgramHasAWorkload() throws IOException {
        try (Stream<Path> files = Files.list(TracedProgram.WORKLOADS)) {
            assertEquals(
                    files.map(Path::getFileName)
                            .map(Path::toString)
                            .filter(name -> name.endsWith(".sh"))
                            .sorted()
                            .toList(),
                    TracedProgram.all().stream().map(program -> program + ".sh").toList());
        }
    }

    @ParameterizedTest
    @CsvSource({"RUNC, false", "RUNC, true", "CRUN, false", "CRUN, true"})
    void everyProgramDoesItsWork(OciRuntime runtime, boolean noNewPrivileges) throws Exception {
        Map<TracedProgram, Outcome> outcomes = InPairs.map(
                TracedProgram.all(),
                program ->
                        () -> Again.untilItWorks(() -> run(program, runtime, noNewPrivileges, runtime.spec(), "safe")));
        outcomes.forEach((program, outcome) -> assertEquals(0, outcome.status(), program + ": " + outcome.text()));
    }

    /** Else the test before would show nothing of them. */
    @Test
    void everyProfileHasConditions() throws Exception {
        for (TracedProgram program : TracedProgram.all()) {
            String document = new String(program.profile(List.of("--args", "safe")), StandardCharsets.UTF_8);
            assertTrue(document.contains("SCMP_CMP_MASKED_EQ"), program::name);
        }
    }

    /** Of a program that makes itself what the runtime needs, the container starts without the layer, too. */
    @ParameterizedTest
    @CsvSource({"RUNC, false", "RUNC, true", "CRUN, false", "CRUN, true"})
    void withoutTheLayerAProgramStartsOnlyWhenItMakesTheCallsOfTheRuntime(OciRuntime runtime, boolean noNewPrivileges)
            throws Exception {
        ImmutableSortedSet<String> needed = needed(runtime, noNewPrivileges);
        Map<TracedProgram, Set<String>> lacks = new HashMap<>();
        for (TracedProgram program : TracedProgram.all()) {
            lacks.put(program, Sets.difference(needed, program.allowedCalls(List.of("--runtime", "none"))));
        }
        Map<TracedProgram, Outcome> outcomes = InPairs.map(TracedProgram.all(), program -> {
            Callable<Outcome> start = () -> run(program, runtime, noNewPrivileges, "none", "none");
            boolean works = lacks.getOrDefault(program, Set.of()).isEmpty();
            return () -> works ? Again.untilItWorks(start) : Again.untilItFails(TRIES, start);
        });
        outcomes.forEach((program, outcome) -> {
            Set<String> lacking = lacks.getOrDefault(program, Set.of());
            if (lacking.isEmpty()) {
                assertEquals(0, outcome.status(), program + ": " + outcome.text());
            } else if (!NOW_AND_THEN.containsAll(lacking)) {
                assertNotEquals(0, outcome.status(), program + " lacks " + lacking);
            }
        });
        boolean needsMore = !Set.of("close", "execve").containsAll(needed);
        assertEquals(needsMore, outcomes.values().stream().anyMatch(outcome -> outcome.status() != 0));
    }

    /** What the layer says that the runtime cannot do without. */
    private static ImmutableSortedSet<String> needed(OciRuntime runtime, boolean noNewPrivileges) throws Exception {
        return RuntimeLayer.of(runtime.spec(), noNewPrivileges, false, false).on(Arch.X86_64).entrySet().stream()
                .filter(reason -> reason.getValue().startsWith("needed"))
                .map(Map.Entry::getKey)
                .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
    }

    private static Outcome run(
            TracedProgram program, OciRuntime runtime, boolean noNewPrivileges, String layer, String arguments)
            throws Exception {
        ImmutableList.Builder<String> options =
                ImmutableList.<String>builder().add("--runtime", layer, "--args", arguments);
        if (noNewPrivileges) {
            options.add("--no-new-privs");
        }
        return new Workload(program.name(), runtime, noNewPrivileges).run(program.profile(options.build()), PATIENCE);
    }
}
