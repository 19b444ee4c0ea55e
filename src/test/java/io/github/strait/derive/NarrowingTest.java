package io.github.strait.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.argument.Tier;
import io.github.strait.condition.CallConditions;
import io.github.strait.condition.Calls;
import io.github.strait.condition.Obstacle;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.Observation;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.SeccompData;
import io.github.strait.profile.Sharing;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What conditions make of the calls of a derivation: clone3, multiplexers, layers, several ABIs. */
class NarrowingTest {
    private static final int ENOSYS = 38;

    private final Map<Arch, TreeMap<String, SyscallObservation>> calls = new TreeMap<>();

    private NarrowingTest seen(Arch arch, String call, String place, ArgumentTuple... tuples) {
        return seen(arch, call, Calls.seen(place, tuples));
    }

    private NarrowingTest seen(Arch arch, String call, SyscallObservation observation) {
        calls.computeIfAbsent(arch, key -> new TreeMap<>()).put(call, observation);
        return this;
    }

    private static ArgumentTuple tuple(Long... values) {
        return ArgumentTuple.of(values);
    }

    private Derivation derive(Layer... layers) {
        return derive(Overrides.NONE, layers);
    }

    private Derivation derive(Overrides overrides, Layer... layers) {
        return Derivation.of(
                Observation.of(List.of(Observations.run("run", calls))),
                new DeriveOptions(
                        ImmutableSortedSet.of(),
                        ImmutableList.copyOf(layers),
                        DeriveOptions.EPERM,
                        DeriveOptions.BASELINE,
                        false,
                        overrides,
                        Optional.of(Tier.SAFE)));
    }

    private static Decision decide(Profile profile, Arch arch, String call, long... arguments) {
        int number = SyscallTable.of(arch).number(call).orElseThrow();
        return profile.decide(SeccompData.of(arch, number, arguments));
    }

    private static boolean allows(Profile profile, Arch arch, String call, long... arguments) {
        return decide(profile, arch, call, arguments).action() == Action.ALLOW;
    }

    private static List<String> notes(Derivation derivation, Sharing sharing) {
        List<String> notes = new ArrayList<>();
        for (Diagnostic note : ConditionNotes.of(derivation, sharing)) {
            notes.add(note.toString());
        }
        return notes;
    }

    @Test
    void clone3IsKeptWhereADocumentOfSeveralAbisCannotCompareTheFlagsOfClone() {
        Derivation derivation = seen(Arch.X86_64, "clone3", "flags", tuple(0x3d0f00L))
                .seen(Arch.AARCH64, "clone", Calls.seen("0", List.of(tuple(17L)), 1))
                .derive();
        Profile profile = derivation.plain();
        assertEquals(Action.ALLOW, decide(profile, Arch.X86_64, "clone3").action());
        assertTrue(allows(profile, Arch.AARCH64, "clone", 17));
    }

    @Test
    void clone3WithoutNamespacesIsRefusedAndCloneStandsIn() {
        Derivation derivation =
                seen(Arch.X86_64, "clone3", "flags", tuple(0x3d0f00L)).derive();
        Profile profile = derivation.plain();
        assertEquals(ENOSYS, decide(profile, Arch.X86_64, "clone3").errno());
        assertTrue(allows(profile, Arch.X86_64, "clone", 0x3d0f00));
        assertFalse(allows(profile, Arch.X86_64, "clone", 0x10000011));
        assertEquals(
                List.of(new Reason.Fallback("clone3")),
                derivation.rationale(Arch.X86_64).reasons().get("clone"));
        assertTrue(allows(derivation.byNames().plain(), Arch.X86_64, "clone3"));
    }

    private static List<String> denied(Derivation derivation) {
        return derivation.diagnostics().stream().map(Diagnostic::toString).toList();
    }

    @Test
    void cloneStandsInForAClone3ThatTheUserDenies() {
        seen(Arch.X86_64, "close", "9", tuple(1L)).seen(Arch.X86_64, "clone3", "flags", tuple(0x3d0f00L));
        Derivation derivation = derive(Overrides.parse(List.of(), List.of("clone3")));
        Profile profile = derivation.plain();
        assertEquals(ENOSYS, decide(profile, Arch.X86_64, "clone3").errno());
        assertTrue(allows(profile, Arch.X86_64, "clone", 0x3d0f00));
        assertFalse(allows(profile, Arch.X86_64, "clone", 0x10000011));
        assertTrue(allows(derivation.byNames().plain(), Arch.X86_64, "clone", 0x3d0f00));
        assertEquals(
                List.of(
                        "run:1: note: 'clone3' is denied by --deny, but the evidence shows it on x86_64: callers use clone"
                                + " instead, which is allowed for that [denied-observed]"),
                denied(derivation));
        Derivation both = derive(Overrides.parse(List.of(), List.of("clone3", "clone")));
        assertFalse(allows(both.plain(), Arch.X86_64, "clone", 0x3d0f00));
        assertTrue(
                denied(both).get(0).contains("which nothing allows; add: --allow clone"),
                denied(both).toString());
    }

    @Test
    void cloneDoesNotStandInWhereThatWouldBeAGuessOrInVain() {
        seen(Arch.X86_64, "close", "9", tuple(1L)).seen(Arch.X86_64, "clone3", "flags", tuple(0x10000000L));
        Derivation namespaces = derive(Overrides.parse(List.of(), List.of("clone3")));
        assertFalse(allows(namespaces.plain(), Arch.X86_64, "clone", 0x3d0f00));
        assertEquals(
                List.of(
                        "run:1: warning: 'clone3' is denied by --deny, but the evidence shows it on x86_64: callers fall"
                                + " back to clone, which nothing allows; add: --allow clone [denied-observed]"),
                denied(namespaces));
        assertTrue(allows(
                derive(Overrides.parse(List.of("clone"), List.of("clone3"))).plain(), Arch.X86_64, "clone", 0x3d0f00));
        seen(Arch.X86_64, "clone3", "flags", tuple(0x3d0f00L));
        Derivation refused = derive(Overrides.parse(List.of(), List.of("clone3=EPERM")));
        assertFalse(allows(refused.plain(), Arch.X86_64, "clone", 0x3d0f00));
        assertTrue(
                denied(refused)
                        .get(0)
                        .contains("cannot make threads, nor do system, popen and posix_spawn work; callers"
                                + " fall back to clone on ENOSYS only, with: --deny clone3 [denied-observed]"),
                denied(refused).toString());
    }

    @Test
    void whatCallersFallBackToIsSaidOfOtherCallsToo() {
        seen(Arch.X86_64, "close", "9", tuple(1L)).seen(Arch.X86_64, "statx", Calls.seen("9", tuple(1L)));
        assertTrue(denied(derive(Overrides.parse(List.of(), List.of("statx"))))
                .get(0)
                .contains("callers fall back to newfstatat, which nothing allows; add: --allow newfstatat"));
        assertTrue(denied(derive(Overrides.parse(List.of("newfstatat"), List.of("statx"))))
                .get(0)
                .contains("callers fall back to newfstatat, which is allowed"));
        seen(Arch.X86_64, "read", Calls.seen("9", tuple(1L)));
        assertTrue(denied(derive(Overrides.parse(List.of(), List.of("read"))))
                .toString()
                .contains("the program meets the error there"));
    }

    @Test
    void theCommentOfARuleSaysWhatWasSeenAndWhatIsOpenBesides() {
        Derivation derivation = seen(Arch.X86_64, "socket", "0 1 2", tuple(2L, 1L, 0L), tuple(17L, 3L, 0L))
                .derive();
        assertEquals(
                Optional.of(
                        "observed; arguments: 1 value seen; for what was seen: inet (tcp, udp), route (getifaddrs and"
                                + " getaddrinfo); also open: unix (nscd and syslog)"),
                derivation.scoped().rules().get(0).comment());
        seen(Arch.X86_64, "socket", "0 1 2", tuple(1L, 1L, 0L));
        assertEquals(
                Optional.of("observed; arguments: for what was seen: unix (nscd and syslog)"),
                derive().scoped().rules().get(0).comment());
    }

    @Test
    void aSiblingNeedsWhatTheObservedCallHas() {
        Layer siblings = Siblings.LAYER;
        seen(Arch.X86_64, "chmod", "1", tuple(04755L));
        assertTrue(allows(derive(siblings).plain(), Arch.X86_64, "fchmodat2", 0, 0, 04755));
        assertFalse(allows(derive(siblings).plain(), Arch.X86_64, "fchmodat2", 0, 0, 02755));
        seen(Arch.X86_64, "fchmodat2", "2", tuple(0644L));
        assertTrue(allows(derive(siblings).plain(), Arch.X86_64, "fchmodat2", 0, 0, 04755));
        assertFalse(allows(derive().plain(), Arch.X86_64, "fchmodat2", 0, 0, 04755));
        seen(Arch.X86_64, "chmod", Calls.seen("1", List.of(tuple(0644L)), 1));
        CallConditions unknown =
                derive(siblings).rationale(Arch.X86_64).conditions().get("fchmodat2");
        assertFalse(unknown.isConditional());
        assertEquals(
                "the values of argument 2 are not known for calls that it stands in for",
                unknown.obstacles().get(0).words());
    }

    @Test
    void clone3WithNamespacesStaysAndVoidsTheConditionOnClone() {
        Derivation derivation = seen(Arch.X86_64, "clone3", "flags", tuple(0x10000000L))
                .seen(Arch.X86_64, "clone", "0", tuple(0x11L))
                .derive();
        assertTrue(allows(derivation.plain(), Arch.X86_64, "clone3"));
        assertTrue(allows(derivation.plain(), Arch.X86_64, "clone", 0x10000011));
        assertEquals(
                Obstacle.Kind.CLONE3,
                derivation
                        .conditions(Arch.X86_64, Sharing.ALL)
                        .get("clone")
                        .obstacles()
                        .get(0)
                        .kind());
        assertTrue(notes(derivation, Sharing.ALL).get(0).contains("clone (clone3 is allowed too"));
    }

    @Test
    void clone3IsNotRefusedInVain() {
        Derivation unknown = seen(Arch.X86_64, "clone3", "flags", tuple(0x3d0f00L))
                .seen(Arch.X86_64, "clone", Calls.seen("0", List.of(tuple(0x11L)), 1))
                .derive();
        assertTrue(allows(unknown.plain(), Arch.X86_64, "clone3"));
        Derivation denied = seen(Arch.X86_64, "clone3", "flags", tuple(0x3d0f00L))
                .derive(Overrides.parse(List.of(), List.of("clone")));
        assertTrue(allows(denied.plain(), Arch.X86_64, "clone3"));
        Derivation asked = seen(Arch.X86_64, "clone3", "flags", tuple(0x3d0f00L))
                .derive(Overrides.parse(List.of("clone3"), List.of()));
        assertTrue(allows(asked.plain(), Arch.X86_64, "clone3"));
    }

    @Test
    void anUnusedMultiplexerIsRefused() {
        Derivation derivation =
                seen(Arch.X86, "socket", "0 1 2", tuple(2L, 1L, 0L)).derive();
        assertEquals(
                ENOSYS, decide(derivation.plain(), Arch.X86, "socketcall", 1).errno());
        assertFalse(allows(derivation.plain(), Arch.X86, "socket", 38));
    }

    @Test
    void aUsedMultiplexerEndsConditionsOnItsAbiAlone() {
        Derivation alone = seen(Arch.X86, "socketcall", "0", tuple(1L))
                .seen(Arch.X86, "socket", "0 1 2", tuple(2L, 1L, 0L))
                .derive();
        assertTrue(allows(alone.plain(), Arch.X86, "socketcall", 1));
        assertTrue(allows(alone.plain(), Arch.X86, "socket", 38));
        Derivation both =
                seen(Arch.X86_64, "socket", "0 1 2", tuple(2L, 1L, 0L)).derive();
        assertFalse(allows(both.plain(), Arch.X86_64, "socket", 38));
        assertTrue(notes(both, Sharing.ALL).stream().anyMatch(note -> note.contains("socket on x86 by socketcall")));
    }

    @Test
    void abisShareTheUnionWhereTheyAgree() {
        Derivation derivation = seen(Arch.X86_64, "ioctl", "1", tuple(0x40049409L))
                .seen(Arch.X86, "ioctl", "1", tuple(0x8927L))
                .derive();
        for (Arch arch : List.of(Arch.X86_64, Arch.X86)) {
            assertTrue(allows(derivation.plain(), arch, "ioctl", 0, 0x40049409L));
            assertTrue(allows(derivation.plain(), arch, "ioctl", 0, 0x8910));
            assertFalse(allows(derivation.plain(), arch, "ioctl", 0, 0x5412));
        }
        assertFalse(allows(derivation.only(Arch.X86), Arch.X86, "ioctl", 0, 0x40049409L));
    }

    @Test
    void abisThatDifferInTheRegisterShareNoCondition() {
        Derivation derivation = seen(Arch.AARCH64, "clone", "0", tuple(0x11L))
                .seen(Arch.S390X, "clone", "1", tuple(0x11L))
                .derive();
        CallConditions clone = derivation.conditions(Arch.AARCH64, Sharing.ALL).get("clone");
        assertFalse(clone.isConditional());
        assertEquals(Obstacle.Kind.ARCHITECTURES, clone.obstacles().get(0).kind());
        assertFalse(allows(derivation.only(Arch.S390X), Arch.S390X, "clone", 0, 0x10000000));
        assertTrue(notes(derivation, Sharing.ALL).get(0).contains("--target"));
    }

    @Test
    void aCallThatIsAskedForTakesAnyArguments() {
        Derivation derivation = seen(Arch.X86_64, "socket", "0 1 2", tuple(2L, 1L, 0L))
                .derive(Overrides.parse(List.of("socket"), List.of()));
        assertTrue(allows(derivation.plain(), Arch.X86_64, "socket", 38));
    }

    @Test
    void socketOptionsOfInetAreOpenWhereInetSocketsAre() {
        Derivation derivation = seen(Arch.X86_64, "socket", "0 1 2", tuple(2L, 1L, 0L))
                .seen(Arch.X86_64, "setsockopt", "1 2", tuple(1L, 2L))
                .derive();
        assertTrue(allows(derivation.plain(), Arch.X86_64, "setsockopt", 3, 6, 1));
        assertFalse(allows(derivation.plain(), Arch.X86_64, "setsockopt", 3, 6, 31));
        calls.clear();
        Derivation local = seen(Arch.X86_64, "socket", "0 1 2", tuple(1L, 1L, 0L))
                .seen(Arch.X86_64, "setsockopt", "1 2", tuple(1L, 2L))
                .derive();
        assertFalse(allows(local.plain(), Arch.X86_64, "setsockopt", 3, 6, 1));
    }

    @Test
    void theRuntimeHasItsOwnValues() {
        Layer runtime = RuntimeLayer.of("runc@1.1.5", false, false, false);
        Derivation derivation = seen(Arch.X86_64, "prctl", "0", tuple(15L)).derive(runtime);
        assertTrue(allows(derivation.plain(), Arch.X86_64, "prctl", 24));
        assertFalse(allows(derivation.plain(), Arch.X86_64, "prctl", 35));
        Layer noNew = RuntimeLayer.of("runc@1.1.5", true, false, false);
        assertFalse(allows(derive(noNew).plain(), Arch.X86_64, "prctl", 24));
    }

    @Test
    void whatTheRuntimeNeedsAndIsNotKnownHasNoCondition() {
        Layer exec = RuntimeLayer.of("runc@1.3", false, false, true);
        Derivation derivation = seen(Arch.X86_64, "fsconfig", "1", tuple(6L)).derive(exec);
        assertTrue(allows(derivation.plain(), Arch.X86_64, "fsconfig", 3, 1));
        CallConditions fsconfig = derivation.rationale(Arch.X86_64).conditions().get("fsconfig");
        assertEquals(
                "the values of argument 1 that the container's runtime needs are not known",
                fsconfig.obstacles().get(0).words());
        Layer run = RuntimeLayer.of("runc@1.3", false, false, false);
        assertFalse(allows(derive(run).plain(), Arch.X86_64, "fsconfig", 3, 1));
    }

    @Test
    void aForkOfTheInitIsAsPlainAsThatOfTheProgram() {
        Derivation derivation = seen(Arch.X86_64, "clone3", "flags", tuple(0x3d0f00L))
                .derive(RuntimeLayer.of("docker", true, true, false));
        assertTrue(allows(derivation.plain(), Arch.X86_64, "clone", 0x1200011));
        assertFalse(allows(derivation.plain(), Arch.X86_64, "clone", 0x10000011));
        assertTrue(allows(derivation.plain(), Arch.X86_64, "ioctl", 0, 0x5410));
    }

    @Test
    void theFirstUnknownCallIsNamedOnce() {
        Derivation derivation = seen(Arch.X86_64, "ioctl", Calls.seen("1", List.of(tuple(1L)), 3))
                .seen(Arch.X86_64, "prctl", Calls.seen("0", List.of(tuple(1L)), 2))
                .derive();
        assertEquals(
                List.of("run:90: note: no condition on arguments of ioctl (argument 1 unknown in 3 calls), prctl"
                        + " (argument 0 unknown in 2 calls); record with: strait record [no-condition]"),
                notes(derivation, Sharing.ALL));
    }
}
