package io.github.strait.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.argument.Prototype;
import io.github.strait.format.Reader;
import io.github.strait.format.oci.Draft;
import io.github.strait.format.oci.MobyFormat;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Profiles;
import io.github.strait.profile.Rule;
import io.github.strait.profile.SeccompData;
import io.github.strait.runtime.Start;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Libseccomp;
import io.github.strait.syscall.SyscallTable;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is said of bits that the kernel does not read, against the decisions of the profile itself. */
class SlipProperties {
    private static final long LOW = 0xffff_ffffL;
    private static final List<Long> HIGHS = List.of(0L, 1L << 32, 1L << 33, 3L << 32, ~LOW);
    private static final List<Long> LOWS = List.of(0L, 1L, 2L, 3L, 4L, 0x8000_0000L, 0x8000_0001L, LOW);

    /** Small numbers with and without high bits, so that conditions meet often. */
    private static Arbitrary<Long> registers() {
        return Combinators.combine(Arbitraries.of(HIGHS), Arbitraries.of(LOWS)).as((high, low) -> high | low);
    }

    private static Arbitrary<Condition> conditions(int index, Arbitrary<Long> masks) {
        Arbitrary<Operator> operators = Arbitraries.of(Operator.values());
        return Combinators.combine(operators, registers(), masks, registers())
                .as((operator, value, mask, two) -> operator == Operator.MASKED_EQ
                        ? Condition.maskedEqual(index, mask, two & mask)
                        : Condition.of(index, operator, value));
    }

    private static Arbitrary<Profile> profiles(
            String call, Arbitrary<Condition> conditions, Arbitrary<Condition> others) {
        Arbitrary<Rule> rules = Combinators.combine(
                        Arbitraries.of(Action.ALLOW, Action.ALLOW, Action.ERRNO), conditions, others.optional(0.3))
                .as((action, condition, other) -> {
                    Rule.Builder rule = Rule.builder(action).name(call).condition(condition);
                    other.ifPresent(rule::condition);
                    return rule.build();
                });
        return Combinators.combine(
                        Arbitraries.of(Action.ALLOW, Action.ERRNO, Action.KILL_PROCESS),
                        rules.list().ofMinSize(1).ofMaxSize(3))
                .as((action, all) -> Profile.builder(action)
                        .architectures(Arch.X86_64)
                        .rules(all)
                        .build())
                .filter(Profiles::isLoadable);
    }

    @Provide
    Arbitrary<Profile> sockets() {
        return profiles("socket", conditions(0, registers()), conditions(1, registers()));
    }

    @Provide
    Arbitrary<Profile> socketsOfOne() {
        return profiles("socket", conditions(0, registers()), conditions(0, registers()))
                .filter(profile -> profile.rules().stream().noneMatch(Rule::isSplit)
                        && profile.rules().size() == 1);
    }

    @Provide
    Arbitrary<Profile> masked() {
        Arbitrary<Long> masks = Arbitraries.longs().between(1, LOW);
        Arbitrary<Condition> first =
                conditions(0, masks).filter(condition -> condition.operator() == Operator.MASKED_EQ);
        Arbitrary<Condition> second =
                conditions(1, masks).filter(condition -> condition.operator() == Operator.MASKED_EQ);
        return profiles("socket", first, second);
    }

    @Property
    void whatIsNamedIsOneCallToTheKernelAndTwoToTheProfile(@ForAll("sockets") Profile profile) {
        for (Slip slip : slips(profile)) {
            int bits = Prototype.of(slip.call(), Arch.X86_64).bits(slip.index());
            assertEquals(0, (slip.usual() ^ slip.other()) << Long.SIZE - bits, slip::toString);
            assertFalse(isPermitted(profile, slip, slip.usual()), slip.usualCall() + " in " + profile);
            assertTrue(isPermitted(profile, slip, slip.other()), slip.otherCall() + " in " + profile);
        }
    }

    /** Of one rule, against all numbers of a small world. */
    @Property
    void whatPassesByAProfileIsFound(@ForAll("socketsOfOne") Profile profile) {
        boolean passes = LOWS.stream()
                .anyMatch(low -> forms(low).stream().noneMatch(form -> isPermitted(profile, form))
                        && HIGHS.stream().anyMatch(high -> isPermitted(profile, high | low)));
        if (passes) {
            assertFalse(slips(profile).isEmpty(), profile::toString);
        }
        assertEquals(
                slips(profile).isEmpty(), Sample.findings("high-bits", profile).isEmpty(), profile::toString);
    }

    @Property
    void masksInsideTheWidthAreAsTheKernelReads(@ForAll("masked") Profile profile) {
        assertEquals(List.of(), Sample.findings("high-bits", profile));
        assertEquals(List.of(), Sample.findings("upper-half", profile));
    }

    private static List<Long> forms(long low) {
        return List.of(low, (long) (int) low);
    }

    private static boolean isPermitted(Profile profile, long register) {
        return isPermitted(profile, SeccompData.of(Arch.X86_64, number("socket"), register));
    }

    private static boolean isPermitted(Profile profile, Slip slip, long register) {
        long[] arguments = slip.arguments().stream().mapToLong(each -> each).toArray();
        arguments[slip.index()] = register;
        return isPermitted(profile, SeccompData.of(Arch.X86_64, number(slip.call()), arguments));
    }

    private static boolean isPermitted(Profile profile, SeccompData data) {
        return profile.decide(data).action().permits();
    }

    private static int number(String call) {
        return SyscallTable.of(Arch.X86_64).number(call).orElseThrow();
    }

    private static List<Slip> slips(Profile profile) {
        Draft draft = Draft.read("f", MobyFormat.MOBY.write(profile), Reader.USUAL);
        Subject subject = new Subject(draft, Libseccomp.oldest(), Start.DEFAULT);
        List<Slip> slips = new ArrayList<>();
        for (Site site : subject.sites()) {
            for (Condition condition : site.rule().conditions()) {
                Narrowness.of(subject, site, condition, SlipSearch::through).forEach(each -> slips.add(each.slip()));
            }
        }
        return slips;
    }
}
