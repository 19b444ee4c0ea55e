package io.github.strait.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableTable;
import com.google.common.collect.Iterables;
import io.github.strait.condition.Calls;
import io.github.strait.derive.Observations;
import io.github.strait.observation.ArgumentSamples;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.Observation;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a refused call is replaced by another one, and when it is a gap. */
class StandInTest {
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;
    private static final Condition NO_NAMESPACES = Condition.maskedEqual(0, 0x7e020000, 0);

    private static Profile profile(int byDefault, int answer, Condition... clone) {
        Profile.Builder profile = Profile.builder(Action.ERRNO)
                .defaultErrnoRet(byDefault)
                .architectures(Arch.X86_64)
                .rule(Rule.allow("execve"));
        if (answer != byDefault) {
            profile.rule(
                    Rule.builder(Action.ERRNO).errnoRet(answer).name("clone3").build());
        }
        return profile.rule(Rule.builder(Action.ALLOW)
                        .name("clone")
                        .conditions(List.of(clone))
                        .build())
                .build();
    }

    private static ObservedCalls calls(Map<String, SyscallObservation> calls) {
        return new ObservedCalls(
                Observation.of(List.of(Observations.run("run", Map.of(Arch.X86_64, calls)))), ArgumentSamples.NONE);
    }

    private static ObservedCalls clone3(long flags) {
        return calls(Map.of("clone3", Calls.seen("flags", ArgumentTuple.of(flags))));
    }

    private static Verification verify(ObservedCalls observed, Profile profile) {
        return Verification.of(observed, Map.of(Arch.X86_64, Filter.of(profile, Arch.X86_64)));
    }

    private static Verdict.Kind kind(ObservedCalls observed, Profile profile) {
        return Iterables.getOnlyElement(verify(observed, profile).verdicts()).kind();
    }

    @Test
    void clone3GivesWayToACloneThatIsCompared() {
        Profile profile = profile(EPERM, ENOSYS, NO_NAMESPACES);
        Verification verification = verify(clone3(0x3d0f00), profile);
        Verdict verdict = Iterables.getOnlyElement(verification.verdicts(Verdict.Kind.REPLACED));
        assertEquals("clone", verdict.standIn());
        assertEquals(List.of("execve"), verification.slack().get(Arch.X86_64).asList());
        assertEquals(
                Verdict.Kind.REPLACED, kind(calls(Map.of("clone3", Calls.seen("9", ArgumentTuple.of(1L)))), profile));
    }

    @Test
    void aNamespaceThatCloneMayNotMakeIsAGap() {
        assertEquals(Verdict.Kind.GAP, kind(clone3(0x10000000), profile(EPERM, ENOSYS, NO_NAMESPACES)));
        assertEquals(
                Verdict.Kind.REPLACED,
                kind(clone3(0x10000000), profile(EPERM, ENOSYS, Condition.maskedEqual(0, 0x6e020000, 0))));
    }

    @Test
    void withoutACloneThatIsComparedItIsAGap() {
        assertEquals(Verdict.Kind.GAP, kind(clone3(0x3d0f00), profile(EPERM, ENOSYS)));
        assertEquals(
                Verdict.Kind.GAP,
                kind(
                        clone3(0x3d0f00),
                        Profile.builder(Action.ERRNO)
                                .architectures(Arch.X86_64)
                                .rule(Rule.builder(Action.ERRNO)
                                        .errnoRet(ENOSYS)
                                        .name("clone3")
                                        .build())
                                .build()));
    }

    @Test
    void otherAnswersAreGaps() {
        assertEquals(Verdict.Kind.GAP, kind(clone3(0x3d0f00), profile(EPERM, EPERM, NO_NAMESPACES)));
        assertEquals(Verdict.Kind.GAP, kind(clone3(0x3d0f00), profile(ENOSYS, ENOSYS, NO_NAMESPACES)));
        assertEquals(Verdict.Kind.GAP, kind(clone3(0x3d0f00), profile(EPERM, 22, NO_NAMESPACES)));
    }

    @Test
    void theCloneThatStandsInIsNeeded() {
        AbiProfiles profiles =
                new AbiProfiles(ImmutableSortedMap.of(Arch.X86_64, profile(EPERM, ENOSYS, NO_NAMESPACES)));
        Minimality minimality = Minimality.of(
                clone3(0x3d0f00), profiles, new LayerNames(ImmutableTable.of(Arch.X86_64, "execve", "x")));
        assertEquals(List.of(), minimality.superfluous());
        Minimality other = Minimality.of(
                calls(ImmutableMap.of("getpid", Calls.seen("9", ArgumentTuple.of(1L)))),
                profiles,
                new LayerNames(ImmutableTable.of(Arch.X86_64, "execve", "x")));
        assertFalse(other.superfluous().isEmpty(), Set.copyOf(other.parts()).toString());
    }
}
