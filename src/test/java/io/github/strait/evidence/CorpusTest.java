package io.github.strait.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.github.strait.evidence.Corpus.Count;
import io.github.strait.evidence.Corpus.Recording;
import io.github.strait.follow.Observing;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.Proof;
import io.github.strait.observation.Sighting;
import io.github.strait.observation.Subcalls;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Multiplexer;
import io.github.strait.syscall.StraceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Recorded traces against what a second witness of the same run counted. Each trace agrees to the call, or is listed with
 * the reason; one that is listed and agrees fails too, so that the list only ever shrinks.
 */
class CorpusTest {
    private static final ImmutableMap<String, String> DECLARED = Corpus.exceptions("declared");
    private static final ImmutableMap<String, String> UNDECLARED = Corpus.exceptions("undeclared");
    private static final ImmutableSet<String> NEVER_RETURN = ImmutableSet.of("exit", "exit_group");
    private static final Map<String, Integer> AGREED = new TreeMap<>();

    static ImmutableList<Recording> kernel() {
        return Corpus.kernel();
    }

    static ImmutableList<Recording> strace() {
        return Corpus.strace();
    }

    /** Which machine recorded these traces is for the trace to prove. */
    @ParameterizedTest
    @MethodSource("kernel")
    void theKernelCountedTheSame(Recording recording) {
        Evidence evidence = recording.read(Optional.empty());
        List<String> differences = new ArrayList<>();
        for (Arch arch : arches(recording, evidence)) {
            Map<String, Count> expected = recording.calls().getOrDefault(arch, Map.of());
            Map<String, Long> seen = new TreeMap<>();
            calls(evidence, arch).forEach((name, call) -> seen.put(name, call.count()));
            for (String name : Sets.union(expected.keySet(), seen.keySet())) {
                long right = expected.getOrDefault(name, new Count(0, 0)).calls();
                if (seen.getOrDefault(name, 0L) != right) {
                    differences.add(arch.label() + " " + name + ": " + seen.get(name) + ", not " + right);
                }
            }
        }
        ratchet("agree with the kernel", recording.trace(), differences, UNDECLARED);
        assertFalse(Observing.codes(evidence).contains("summary-difference"), "-C counts otherwise");
        long unparsed = evidence.observation().lines().unparsed();
        assertTrue(unparsed == 0 || UNDECLARED.containsKey(recording.trace()), unparsed + " not understood");
    }

    @ParameterizedTest
    @MethodSource("strace")
    void straceCountedTheSameOnADeclaredMachine(Recording recording) {
        Evidence evidence = recording.read(Optional.of(recording.machine()));
        evidence.observation()
                .architectures()
                .forEach((arch, seen) -> assertNotEquals(Proof.ASSUMED, seen.proof(), arch.label()));
        ratchet("agree with strace -C, with --arch", recording.trace(), differences(recording, evidence), DECLARED);
    }

    @ParameterizedTest
    @MethodSource("strace")
    void straceCountedTheSameOnAnUndeclaredMachine(Recording recording) {
        Evidence evidence = recording.read(Optional.empty());
        evidence.observation().architectures().forEach((arch, seen) -> {
            boolean wrong = !recording.calls().containsKey(arch);
            assertTrue(!wrong || seen.proof() != Proof.PROVEN, () -> arch.label() + " is proven, and wrong");
        });
        ratchet("agree with strace -C, without", recording.trace(), differences(recording, evidence), UNDECLARED);
    }

    @Test
    void everyExceptionIsOfATrace() {
        List<String> traces = Stream.concat(kernel().stream(), strace().stream())
                .map(Recording::trace)
                .toList();
        assertTrue(traces.containsAll(DECLARED.keySet()) && traces.containsAll(UNDECLARED.keySet()));
    }

    @AfterAll
    static void figures() {
        AGREED.forEach(
                (what, agreed) -> System.out.println(agreed + " of " + total(what) + " recorded traces " + what));
        DECLARED.forEach((trace, reason) -> System.out.println("  not " + trace + ", with --arch: " + reason));
        UNDECLARED.forEach((trace, reason) -> System.out.println("  not " + trace + ": " + reason));
    }

    private static int total(String what) {
        return what.endsWith("kernel") ? kernel().size() : strace().size();
    }

    private static void ratchet(String what, String trace, List<String> differences, Map<String, String> exceptions) {
        if (exceptions.containsKey(trace)) {
            assertNotEquals(List.of(), differences, "agrees now: take it off the list of exceptions");
        } else {
            assertEquals(List.of(), differences);
            AGREED.merge(what, 1, Integer::sum);
        }
    }

    private static ImmutableSet<Arch> arches(Recording recording, Evidence evidence) {
        return Sets.union(
                        recording.calls().keySet(),
                        evidence.observation().architectures().keySet())
                .immutableCopy();
    }

    private static Map<String, SyscallObservation> calls(Evidence evidence, Arch arch) {
        ArchObservation seen = evidence.observation().architectures().get(arch);
        return seen == null ? Map.of() : seen.syscalls();
    }

    /**
     * strace's table has sub-calls under their own names, counts what the kernel restarts among the errors, and has no
     * calls that never returned.
     */
    private static List<String> differences(Recording recording, Evidence evidence) {
        List<String> differences = new ArrayList<>();
        for (Arch arch : arches(recording, evidence)) {
            Map<String, Count> expected = new TreeMap<>();
            recording.calls().getOrDefault(arch, Map.of()).forEach((name, count) -> {
                String libseccomp = StraceName.toLibseccomp(name, arch).orElse(name);
                expected.merge(multiplexed(libseccomp, arch), count, Count::plus);
            });
            Map<String, SyscallObservation> seen = new TreeMap<>();
            calls(evidence, arch)
                    .forEach((name, call) -> seen.merge(multiplexed(name, arch), call, SyscallObservation::plus));
            seen.keySet().removeAll(NEVER_RETURN);
            for (String name : Sets.union(expected.keySet(), seen.keySet())) {
                Count right = expected.getOrDefault(name, new Count(0, 0));
                if (!agree(seen.get(name), right)) {
                    differences.add(arch.label() + " " + name + ": " + seen.get(name) + ", not " + right);
                }
            }
        }
        return differences;
    }

    /** strace's table counts each sub-call, as the first register of the multiplexers has it here. */
    @Test
    void straceCountedTheSameSubcalls() {
        int compared = 0;
        for (Recording recording : strace()) {
            Evidence evidence = recording.read(Optional.of(recording.machine()));
            for (Map.Entry<Arch, Map<String, Count>> of : recording.calls().entrySet()) {
                Map<String, SyscallObservation> seen = calls(evidence, of.getKey());
                for (String name : seen.keySet()) {
                    for (Map.Entry<String, Sighting> made :
                            Subcalls.of(seen.get(name), name).seen().entrySet()) {
                        Count right = of.getValue().getOrDefault(made.getKey(), new Count(0, 0));
                        assertEquals(right.calls(), made.getValue().count(), recording.trace() + " " + made.getKey());
                        compared++;
                    }
                }
            }
        }
        assertTrue(compared > 300, compared + " sub-calls");
    }

    private static String multiplexed(String name, Arch arch) {
        return Multiplexer.of(name, arch).orElse(name);
    }

    private static boolean agree(SyscallObservation seen, Count right) {
        if (seen == null) {
            return right.calls() == 0;
        }
        long errors = seen.errors().values().stream().mapToLong(Long::longValue).sum();
        return seen.succeeded() == right.calls() - right.errors()
                && right.errors() >= errors
                && right.calls() <= seen.count();
    }
}
