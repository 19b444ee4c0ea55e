package io.github.strait.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.Merge.Source;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple3;
import net.jqwik.api.statistics.Statistics;

/** The laws of merging, against the reference semantics. */
class MergeProperties {
    /** Three profiles for the same architectures of one width, so that each rule can be said. */
    @Provide
    Arbitrary<Tuple3<Profile, Profile, Profile>> alike() {
        return Combinators.combine(
                        Profiles.close(),
                        Profiles.close(),
                        Profiles.close(),
                        Arbitraries.of(32, 64),
                        Arbitraries.of(Arch.class).set().ofMinSize(1).ofMaxSize(3))
                .as((a, b, c, bits, some) -> {
                    ImmutableSortedSet<Arch> arches = arches(some, bits);
                    return Tuple.of(with(a, arches), with(b, arches), with(c, arches));
                });
    }

    /** Profiles as people write them, for any architectures: they deny by default, rules allow, and numbers are small. */
    @Provide
    Arbitrary<Tuple3<Profile, Profile, Profile>> allowlists() {
        return Combinators.combine(allowlist(), allowlist(), allowlist()).as(Tuple::of);
    }

    @Provide
    Arbitrary<SeccompData> calls() {
        return Profiles.closeCalls();
    }

    private static Arbitrary<Profile> allowlist() {
        return Profiles.close()
                .filter(profile -> !profile.architectures().isEmpty())
                .map(profile -> {
                    Profile.Builder builder = Profile.builder(Action.ERRNO).architectures(profile.architectures());
                    for (Rule rule : profile.rules()) {
                        builder.rule(Rule.builder(Action.ALLOW)
                                .names(rule.names())
                                .conditions(small(rule.conditions()))
                                .build());
                    }
                    return builder.build();
                });
    }

    /** Numbers that mean the same on ABIs of both widths. */
    private static List<Condition> small(List<Condition> conditions) {
        return conditions.stream()
                .map(one -> new Condition(one.index(), one.operator(), one.value() & 63, one.valueTwo() & 63))
                .toList();
    }

    private static ImmutableSortedSet<Arch> arches(Iterable<Arch> some, int bits) {
        ImmutableSortedSet.Builder<Arch> arches = ImmutableSortedSet.naturalOrder();
        some.forEach(arch -> arches.add(arch));
        ImmutableSortedSet<Arch> fitting = arches.build().stream()
                .filter(arch -> arch.pointerBits() == bits)
                .collect(ImmutableSortedSet.toImmutableSortedSet(Arch::compareTo));
        return fitting.isEmpty() ? ImmutableSortedSet.of(bits == 64 ? Arch.X86_64 : Arch.X86) : fitting;
    }

    private static Profile with(Profile profile, ImmutableSortedSet<Arch> arches) {
        return new Profile(
                profile.defaultAction(),
                profile.defaultErrnoRet(),
                arches,
                profile.flags(),
                Optional.empty(),
                Optional.empty(),
                profile.rules());
    }

    /** What is too intricate to be compared or written is refused, and no counterexample. */
    static Profile merge(Profile... profiles) {
        try {
            return Merge.of(Arrays.stream(profiles)
                            .map(profile -> new Source("p", profile))
                            .toList())
                    .profile();
        } catch (RefusalException e) {
            Assume.that(false);
            throw e;
        }
    }

    private static Optional<Profile> attempt(Profile... profiles) {
        try {
            return Optional.of(merge(profiles));
        } catch (RefusalException e) {
            return Optional.empty();
        }
    }

    private static Decision lenient(Decision a, Decision b) {
        return DecisionRegions.BY_LENIENCY.compare(a, b) >= 0 ? a : b;
    }

    private static SeccompData on(Profile profile, SeccompData call) {
        Arch arch = profile.architectures().first();
        String name = SyscallTable.of(call.abi()).name(call.number()).orElse("");
        int number = SyscallTable.of(arch).number(name).orElse(call.number());
        return new SeccompData(arch, number, 0, call.args());
    }

    /** Not only the permissions: each answer is the more lenient one. */
    @Property(tries = 400)
    void anUnionGivesTheMoreLenientAnswer(
            @ForAll("alike") Tuple3<Profile, Profile, Profile> three, @ForAll("calls") SeccompData any) {
        SeccompData call = on(three.get1(), any);
        Profile union = merge(three.get1(), three.get2());
        assertEquals(lenient(three.get1().decide(call), three.get2().decide(call)), union.decide(call));
    }

    @Property(tries = 150)
    void mergingIsCommutativeAssociativeAndIdempotent(@ForAll("alike") Tuple3<Profile, Profile, Profile> three) {
        Profile a = three.get1();
        Profile b = three.get2();
        Profile c = three.get3();
        assertEquals(merge(a, b), merge(b, a));
        assertEquals(merge(merge(a, b), c), merge(a, merge(b, c)));
        assertEquals(merge(a, b, c), merge(merge(a, b), c));
        assertEquals(merge(a), merge(a, a));
        assertEquals(merge(a, b), merge(merge(a, b), a));
    }

    /** With architectures of both widths some unions cannot be said, and are refused in any order. */
    @Property(tries = 150)
    void theLawsHoldAcrossArchitectures(
            @ForAll("allowlists") Tuple3<Profile, Profile, Profile> three, @ForAll("calls") SeccompData any) {
        SeccompData call = on(three.get1(), any);
        Profile a = three.get1();
        Profile b = three.get2();
        Profile c = three.get3();
        Optional<Profile> ab = attempt(a, b);
        Statistics.collect(ab.isPresent());
        Statistics.coverage(coverage -> coverage.check(true).percentage(p -> p > 80));
        assertEquals(ab, attempt(b, a));
        Assume.that(ab.isPresent());
        boolean some =
                a.decide(call).action().permits() || b.decide(call).action().permits();
        boolean both =
                a.architectures().contains(call.abi()) && b.architectures().contains(call.abi());
        boolean allowed = ab.get().decide(call).action().permits();
        assertTrue(allowed || !some, "what one side allows is allowed");
        assertTrue(!both || some || !allowed, "what neither side allows is denied");
        Optional<Profile> bc = attempt(b, c);
        Optional<Profile> left = attempt(ab.get(), c);
        boolean all = both && c.architectures().contains(call.abi());
        Optional<Profile> right = bc.flatMap(union -> attempt(a, union));
        if (all && left.isPresent() && right.isPresent()) {
            assertEquals(left.get().decide(call), right.get().decide(call));
        }
    }

    /** Nothing is kept of the old rules but their meaning. */
    @Property(tries = 100)
    void aMergedProfileMeansTheSame(@ForAll("alike") Tuple3<Profile, Profile, Profile> three) {
        Profile a = three.get1();
        assertTrue(Difference.of(Difference.Side.of(a), Difference.Side.of(merge(a)))
                .isEmpty());
        List<Rule> rules = merge(a, three.get2()).rules();
        for (Rule rule : rules) {
            assertTrue(!rule.isSplit(), "a rule has at most one condition on an argument: " + rule);
        }
    }
}
