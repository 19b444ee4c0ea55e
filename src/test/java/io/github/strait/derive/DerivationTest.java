package io.github.strait.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.observation.Observation;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DerivationTest {
    private static final DeriveOptions BARE = Choices.of(ImmutableSortedSet.of(), ImmutableList.of());

    @Test
    void allowsWhatWasSeenAndDeniesTheRestWithEperm() {
        Profile profile = Derivation.of(Observations.of(Arch.X86_64, "write", "read"), BARE)
                .plain();
        assertEquals("SCMP_ACT_ERRNO", profile.defaultAction().token());
        assertEquals(1, profile.defaultErrnoRet().getAsInt());
        assertEquals(ImmutableSortedSet.of(Arch.X86_64), profile.architectures());
        assertEquals(List.of(Rule.allow("read", "write")), allowing(profile));
    }

    @Test
    void theLayersAddTheCallsThatTheArchitectureHas() {
        Derivation derivation = Derivation.of(Observations.of(Arch.AARCH64, "read"), Choices.LAYERED);
        assertEquals(
                ImmutableSortedSet.of(
                        "clock_getres",
                        "clock_gettime",
                        "exit",
                        "exit_group",
                        "getcpu",
                        "gettimeofday",
                        "read",
                        "restart_syscall",
                        "rt_sigreturn"),
                derivation.rationale(Arch.AARCH64).names());
        assertEquals(1, derivation.rationale(Arch.AARCH64).observed());
        assertEquals(8, derivation.rationale(Arch.AARCH64).layered());
    }

    @Test
    void theEvidenceAndEachLayerHaveRulesOfTheirOwn() {
        Derivation derivation = Derivation.of(Observations.of(Arch.X86_64, "read", "exit", "time"), Choices.LAYERED);
        assertEquals(
                List.of(
                        Rule.allow("exit", "read", "time"),
                        Rule.allow("exit_group", "restart_syscall", "rt_sigreturn"),
                        Rule.allow("clock_getres", "clock_gettime", "getcpu", "gettimeofday")),
                allowing(derivation.plain()));
        assertEquals(
                derivation.plain().rules(),
                derivation.scoped().rules().stream().map(Rule::withoutComment).toList());
        assertEquals(
                List.of(
                        "observed",
                        "layer essential: every program needs these, and a trace may lack them",
                        "layer vdso: the vDSO answers these, so that strace cannot see them; where it cannot, they are"
                                + " calls",
                        "not allowed, answered with ENOSYS"),
                derivation.scoped().rules().stream()
                        .map(rule -> rule.comment().orElseThrow())
                        .toList());
    }

    @Test
    void whatOneArchitectureShowsCountsAsObservedInTheUnion() {
        Observation observation = Observation.of(List.of(
                Observations.run("a", Arch.X86_64, "read", "getcpu"), Observations.run("b", Arch.X86, "write")));
        DeriveOptions vdso = Choices.of(ImmutableSortedSet.of(), ImmutableList.of(NamedLayer.of("vdso")));
        Profile plain = Derivation.of(observation, vdso).plain();
        assertEquals(Rule.allow("getcpu", "read", "write"), plain.rules().get(0));
        assertEquals(
                ImmutableSortedSet.of(
                        "clock_getres",
                        "clock_getres_time64",
                        "clock_gettime",
                        "clock_gettime64",
                        "gettimeofday",
                        "time"),
                plain.rules().get(1).names());
    }

    @Test
    void machinesHaveRulesOfTheirOwnWhereTheFormatCanSaySo() {
        Observation observation = Observation.of(List.of(
                Observations.run("a", Arch.X86_64, "read"),
                Observations.run("b", Arch.X86, "write"),
                Observations.run("c", Arch.AARCH64, "read", "close")));
        assertEquals(
                List.of("[read, write] on [X86_64, X86]", "[close, read] on [AARCH64]"),
                allowing(Derivation.of(observation, BARE).scoped()).stream()
                        .map(rule ->
                                rule.names() + " on " + rule.scope().includes().arches())
                        .toList());
    }

    @Test
    void everyReasonIsKeptAndTheEvidenceComesFirst() {
        Observation both = Observation.of(List.of(
                Observations.run("a", Map.of(Arch.X86, Map.of("ipc", Observations.call("a", 1, 3, List.of("semop"))))),
                Observations.run("b", Arch.X86, "semop", "exit")));
        Derivation derivation = Derivation.of(both, Choices.LAYERED);
        List<Reason> semop = derivation.rationale(Arch.X86).reasons().get("semop");
        assertEquals(2, semop.size());
        assertTrue(semop.get(0) instanceof Reason.Observed observed && observed.runs() == 1, semop.toString());
        assertEquals(new Reason.Alternative("ipc"), semop.get(1));
        List<Reason> exit = derivation.rationale(Arch.X86).reasons().get("exit");
        assertTrue(exit.get(0) instanceof Reason.Observed, exit.toString());
        assertTrue(
                exit.get(1) instanceof Reason.Layered layered && layered.layer().equals("essential"));
    }

    @Test
    void aMultiplexerThatTheTextDoesNotProveAllowsBothNames() {
        Observation observation = Observation.of(List.of(Observations.run(
                "a", Map.of(Arch.X86, Map.of("socketcall", Observations.call("a", 1, 3, List.of("connect")))))));
        Derivation derivation = Derivation.of(observation, BARE);
        assertEquals(
                ImmutableSortedSet.of("connect", "socketcall"),
                derivation.rationale(Arch.X86).names());
        assertEquals(2, derivation.rationale(Arch.X86).observed());
    }

    @Test
    void aNumberWithoutANameStaysOutAndIsReported() {
        Derivation derivation = Derivation.of(Observations.of(Arch.X86_64, "read", "syscall_4000"), BARE);
        assertEquals(
                ImmutableSortedSet.of("read"), derivation.rationale(Arch.X86_64).names());
        assertEquals(
                List.of(
                        "run of x86_64:2: warning: number 4000 has no name on x86_64 (1 call): a profile cannot name it,"
                                + " so it stays denied [nameless-call]"),
                derivation.diagnostics().stream().map(Object::toString).toList());
        RefusalException nothing = assertThrows(
                RefusalException.class, () -> Derivation.of(Observations.of(Arch.X86_64, "syscall_4000"), BARE));
        assertTrue(nothing.getMessage().startsWith("the evidence shows only calls without a name"));
    }

    @Test
    void aNameInNoTableIsAllowedAndReported() {
        Derivation derivation = Derivation.of(Observations.of(Arch.X86_64, "frobnicate2"), BARE);
        assertEquals(
                ImmutableSortedSet.of("frobnicate2"),
                derivation.rationale(Arch.X86_64).names());
        assertEquals("unknown-call", derivation.diagnostics().get(0).code());
    }

    @Test
    void theRunsOfACallAreCounted() {
        Observation observation = Observation.of(List.of(
                Observations.run("a", Arch.X86_64, "read", "write"),
                Observations.run("b", Arch.X86_64, "read"),
                Observations.run("c", Arch.X86, "write")));
        Rationale rationale = Derivation.of(observation, BARE).rationale(Arch.X86_64);
        assertEquals(2, ((Reason.Observed) rationale.reasons().get("read").get(0)).runs());
        assertEquals(1, ((Reason.Observed) rationale.reasons().get("write").get(0)).runs());
    }

    @Test
    void targetsMustHaveBeenObserved() {
        Observation observation = Observation.of(
                List.of(Observations.run("a", Arch.X86_64, "read"), Observations.run("b", Arch.X86, "socketcall")));
        DeriveOptions one = Choices.of(ImmutableSortedSet.of(Arch.X86), ImmutableList.of());
        Derivation derivation = Derivation.of(observation, one);
        assertEquals(ImmutableSortedSet.of(Arch.X86), derivation.plain().architectures());
        assertEquals(
                ImmutableSortedSet.of("socketcall"),
                derivation.plain().rules().get(0).names());
        assertTrue(derivation.rationale(Arch.X86_64).reasons().isEmpty());
        DeriveOptions other = Choices.of(ImmutableSortedSet.of(Arch.ARM), ImmutableList.of());
        assertEquals(
                "nothing was observed on arm, only on x86_64, x86; record there, add --derive, or leave --target out",
                assertThrows(RefusalException.class, () -> Derivation.of(observation, other))
                        .getMessage());
    }

    @Test
    void noEvidenceGivesNoProfile() {
        RefusalException e =
                assertThrows(RefusalException.class, () -> Derivation.of(Observation.EMPTY, Choices.LAYERED));
        assertEquals("the evidence shows no call at all, so there is nothing to allow", e.getMessage());
    }

    @Test
    void aRationaleHasReasons() {
        var reasons = new TreeMap<String, ImmutableList<Reason>>();
        reasons.put("read", ImmutableList.of());
        var sealed = com.google.common.collect.ImmutableSortedMap.copyOf(reasons);
        assertThrows(
                IllegalArgumentException.class,
                () -> new Rationale(sealed, com.google.common.collect.ImmutableSortedMap.of()));
    }

    private static List<Rule> allowing(Profile profile) {
        return profile.rules().stream()
                .filter(rule -> rule.action() == Action.ALLOW)
                .toList();
    }
}
