package io.github.strait.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.Difference.ArgumentSet;
import io.github.strait.profile.Difference.Change;
import io.github.strait.profile.Difference.DenialChange;
import io.github.strait.profile.Difference.OfArch;
import io.github.strait.profile.Difference.Side;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A difference says what the reference semantics says, and no more. */
class DifferenceProperties {
    @Provide
    Arbitrary<Profile> plain() {
        return Profiles.close().filter(profile -> !profile.architectures().isEmpty());
    }

    @Provide
    Arbitrary<SeccompData> calls() {
        return Profiles.closeCalls();
    }

    private static Profile on(Profile profile, Arch arch) {
        return profile.toBuilder().architectures(arch).build();
    }

    /** What is too intricate to be compared is refused, and no counterexample. */
    private static Difference difference(Profile a, Profile b) {
        try {
            return Difference.of(Side.of(a), Side.of(b));
        } catch (RefusalException e) {
            Assume.that(false);
            throw e;
        }
    }

    private static boolean holds(ArgumentSet when, SeccompData call) {
        Assume.that(!when.equals(ArgumentSet.SOME));
        return when.isUnless()
                != when.alternatives().stream()
                        .anyMatch(all -> all.stream()
                                .allMatch(
                                        one -> one.test(call.abi(), call.args().get(one.index()))));
    }

    private static boolean lists(List<Change> changes, SeccompData call) {
        String name = SyscallTable.of(call.abi()).name(call.number()).orElse(Difference.NAMELESS);
        return changes.stream().anyMatch(change -> change.syscall().equals(name) && holds(change.when(), call));
    }

    @Property(tries = 100)
    void aProfileDoesNotDifferFromItself(@ForAll("plain") Profile profile) {
        assertTrue(difference(profile, profile).isEmpty());
    }

    @Property(tries = 400)
    void whatOneSideAllowsAloneIsListed(
            @ForAll("plain") Profile a, @ForAll("plain") Profile b, @ForAll("calls") SeccompData call) {
        Assume.that(call.number() != SeccompData.SKIPPED);
        Profile first = on(a, call.abi());
        Profile second = on(b, call.abi());
        boolean before = first.decide(call).action().permits();
        boolean after = second.decide(call).action().permits();
        Optional<OfArch> here =
                Optional.ofNullable(difference(first, second).arches().get(call.abi()));
        assertEquals(
                !before && after, here.filter(of -> lists(of.gained(), call)).isPresent());
        assertEquals(before && !after, here.filter(of -> lists(of.lost(), call)).isPresent());
    }

    @Property(tries = 300)
    void differentDenialsAreListed(
            @ForAll("plain") Profile a, @ForAll("plain") Profile b, @ForAll("calls") SeccompData call) {
        Optional<String> name = SyscallTable.of(call.abi()).name(call.number());
        Assume.that(name.isPresent());
        Profile first = on(a, call.abi());
        Profile second = on(b, call.abi());
        Decision before = first.decide(call);
        Decision after = second.decide(call);
        boolean byDefault = before.equals(first.defaultDecision()) && after.equals(second.defaultDecision());
        boolean differ = !before.equals(after)
                && !before.action().permits()
                && !after.action().permits();
        Optional<OfArch> here =
                Optional.ofNullable(difference(first, second).arches().get(call.abi()));
        List<DenialChange> answers = here.map(OfArch::denials).orElse(ImmutableList.of());
        assertEquals(
                differ && !byDefault,
                answers.stream()
                        .anyMatch(answer -> answer.syscall().equals(name.get())
                                && holds(answer.when(), call)
                                && answer.first().equals(before)
                                && answer.second().equals(after)));
        assertEquals(
                !first.defaultDecision().equals(second.defaultDecision()),
                here.flatMap(OfArch::defaults).isPresent());
    }

    /** What B has more than A is what A has less than B. */
    @Property(tries = 100)
    void theReverseIsTheReverse(@ForAll("plain") Profile a, @ForAll("plain") Profile b) {
        Difference there = difference(a, b);
        Difference back = difference(b, a);
        assertEquals(there.arches().keySet(), back.arches().keySet());
        there.arches().forEach((arch, of) -> {
            OfArch reverse = Objects.requireNonNull(back.arches().get(arch));
            assertEquals(of.gained(), reversed(reverse.lost()));
            assertEquals(of.lost(), reversed(reverse.gained()));
        });
    }

    private static List<Change> reversed(List<Change> changes) {
        return changes.stream()
                .map(change -> new Change(change.syscall(), change.when(), change.second(), change.first()))
                .toList();
    }

    /** What each side allows of a call is said as well. */
    @Property(tries = 400)
    void whatEachSideAllowsIsSaid(
            @ForAll("plain") Profile a, @ForAll("plain") Profile b, @ForAll("calls") SeccompData call) {
        Assume.that(call.number() != SeccompData.SKIPPED);
        Profile first = on(a, call.abi());
        Profile second = on(b, call.abi());
        OfArch here = difference(first, second).arches().get(call.abi());
        String name = SyscallTable.of(call.abi()).name(call.number()).orElse(Difference.NAMELESS);
        Stream<Change> changes =
                here == null ? Stream.of() : Stream.concat(here.gained().stream(), here.lost().stream());
        changes.filter(change -> change.syscall().equals(name)).forEach(change -> {
            boolean before = change.first().filter(when -> holds(when, call)).isPresent();
            boolean after = change.second().filter(when -> holds(when, call)).isPresent();
            assertEquals(first.decide(call).action().permits(), before, change.toString());
            assertEquals(second.decide(call).action().permits(), after, change.toString());
        });
    }

    /** Merging never takes anything away. */
    @Property(tries = 100)
    void nothingIsLostInAnUnion(@ForAll("plain") Profile a, @ForAll("plain") Profile b) {
        Profile other = b.toBuilder().build();
        Profile same = new Profile(
                other.defaultAction(),
                other.defaultErrnoRet(),
                a.architectures(),
                other.flags(),
                Optional.empty(),
                Optional.empty(),
                other.rules());
        Profile quiet = new Profile(
                a.defaultAction(),
                a.defaultErrnoRet(),
                a.architectures(),
                a.flags(),
                Optional.empty(),
                Optional.empty(),
                a.rules());
        try {
            Profile union = MergeProperties.merge(quiet, same);
            difference(quiet, union).arches().values().forEach(of -> assertEquals(ImmutableList.of(), of.lost()));
        } catch (RefusalException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("64-bit and 32-bit"), e.getMessage());
        }
    }
}
