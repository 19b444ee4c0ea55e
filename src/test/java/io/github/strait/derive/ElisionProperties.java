package io.github.strait.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.observation.Observation;
import io.github.strait.observation.Run;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Errno;
import io.github.strait.syscall.KernelVersion;
import io.github.strait.syscall.SyscallTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple3;

/** What elision may do, over ABIs whose errors have other numbers. */
class ElisionProperties {
    private static final KernelVersion KERNEL = KernelVersion.parse("6.1");
    private static final String OK = "ok";
    private static final String NO_RESULT = "?";

    /** Few names and outcomes, so that they meet: on an ABI, the call, and what it returned. */
    @Provide
    Arbitrary<List<Run>> probes() {
        Arbitrary<Tuple3<Arch, String, String>> call = Combinators.combine(
                        Arbitraries.of(Arch.X86_64, Arch.X86, Arch.AARCH64, Arch.MIPSEL, Arch.MIPSEL64N32, Arch.MIPS64),
                        Arbitraries.of("rseq", "prctl", "setsockopt", "statx", "bpf", "read", "openat", "clone3"),
                        Arbitraries.of("ENOSYS", "EINVAL", "EPERM", "ENOPROTOOPT", "ENOENT", OK, NO_RESULT))
                .as(Tuple::of);
        return call.list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(ElisionProperties::run)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static Run run(List<Tuple3<Arch, String, String>> calls) {
        Map<Arch, Map<String, SyscallObservation>> made = new TreeMap<>();
        calls.forEach(call -> made.computeIfAbsent(call.get1(), arch -> new TreeMap<>())
                .merge(call.get2(), seen(call.get3()), SyscallObservation::plus));
        return Observations.run("run", made);
    }

    private static SyscallObservation seen(String outcome) {
        boolean failed = !outcome.equals(OK) && !outcome.equals(NO_RESULT);
        return new SyscallObservation(
                1,
                outcome.equals(OK) ? 1 : 0,
                outcome.equals(NO_RESULT) ? 1 : 0,
                failed ? ImmutableSortedMap.of(outcome, 1L) : ImmutableSortedMap.of(),
                new SourcePosition("run", 1),
                ImmutableSortedSet.of(),
                false,
                ImmutableSortedSet.of());
    }

    /** The program sees no difference: a call is allowed, or fails as it always did, on every ABI. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void everyObservedCallIsAllowedOrFailsAsItAlwaysDid(@ForAll("probes") List<Run> runs) {
        Observation observation = Observation.of(runs);
        Map<String, Set<String>> outcomes = outcomes(observation);
        Derivation derivation = derive(observation);
        observation
                .architectures()
                .forEach((arch, seen) -> seen.syscalls().keySet().forEach(name -> {
                    for (Profile profile : profiles(derivation, arch)) {
                        Decision decision = decide(profile, arch, name);
                        if (decision.action() != Action.ALLOW) {
                            assertEquals(1, outcomes.get(name).size(), name);
                            String errno = outcomes.get(name).iterator().next();
                            assertEquals(Errno.number(errno, arch).orElseThrow(), decision.errno(), name);
                        }
                    }
                }));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void moreEvidenceNeverRemovesAPermission(@ForAll("probes") List<Run> some, @ForAll("probes") List<Run> more) {
        Derivation before = derive(Observation.of(some));
        Derivation after = derive(Observation.of(some).merge(Observation.of(more)));
        for (Arch arch : before.rationales().keySet()) {
            assertTrue(after.rationale(arch)
                    .names()
                    .containsAll(before.rationale(arch).names()));
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void elisionOnlyEverTakesAway(@ForAll("probes") List<Run> runs) {
        Observation observation = Observation.of(runs);
        Derivation all = Derivation.of(observation, Choices.LAYERED);
        Derivation fewer = derive(observation);
        fewer.rationales()
                .forEach((arch, rationale) ->
                        assertTrue(all.rationale(arch).names().containsAll(rationale.names())));
    }

    /** One number cannot stand for an error that has two; that is told, and every other document can be written. */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void aPlainDocumentIsRefusedForMipsBesideOthersOnly(@ForAll("probes") List<Run> runs) {
        Derivation derivation = derive(Observation.of(runs));
        Set<Boolean> mips = new HashSet<>();
        derivation.rationales().keySet().forEach(arch -> mips.add(isMips(arch)));
        try {
            derivation.plain();
        } catch (RefusalException e) {
            assertEquals(2, mips.size(), e.getMessage());
            assertTrue(e.getMessage().contains("--target"), e.getMessage());
        }
    }

    /** What is seen of each call on all ABIs: the error names, and how else it ended. */
    private static Map<String, Set<String>> outcomes(Observation observation) {
        Map<String, Set<String>> outcomes = new HashMap<>();
        observation
                .architectures()
                .values()
                .forEach(seen -> seen.syscalls().forEach((name, call) -> {
                    Set<String> all = outcomes.computeIfAbsent(name, key -> new HashSet<>());
                    all.addAll(call.errors().keySet());
                    if (call.succeeded() > 0) {
                        all.add(OK);
                    }
                    if (call.unreturned() > 0) {
                        all.add(NO_RESULT);
                    }
                }));
        return outcomes;
    }

    private static List<Profile> profiles(Derivation derivation, Arch arch) {
        try {
            Profile here = derivation.scoped().resolve(arch.nativeArch(), Set.of(), KERNEL);
            return List.of(derivation.only(arch), here);
        } catch (RefusalException e) {
            throw new AssertionError(e);
        }
    }

    private static Decision decide(Profile profile, Arch arch, String name) {
        return profile.decide(
                SeccompData.of(arch, SyscallTable.of(arch).number(name).orElseThrow()));
    }

    private static boolean isMips(Arch arch) {
        return arch.label().startsWith("mips");
    }

    private static Derivation derive(Observation observation) {
        DeriveOptions usual = Choices.LAYERED;
        return Derivation.of(
                observation, Choices.of(usual.targets(), usual.layers(), usual.errno(), usual.baseline(), true));
    }
}
