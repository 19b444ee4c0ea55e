package io.github.strait.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.strait.argument.Argument;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Profiles;
import io.github.strait.profile.Rule;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What may happen to a call, against what does happen to it. */
class PossibleDecisionsTest {
    private static final int SOCKET = 41;
    private static final Decision ALLOW = Decision.of(Action.ALLOW);
    private static final Decision EPERM = Decision.of(Action.ERRNO, OptionalInt.of(1));
    private static final Program FILTER = FilterCompiler.compile(Profile.builder(Action.ERRNO)
            .architectures(Arch.X86_64)
            .rule(Rule.allow("read"))
            .rule(Rule.builder(Action.ALLOW)
                    .name("socket")
                    .condition(Condition.of(0, Operator.EQ, 2))
                    .condition(Condition.maskedEqual(1, 0xf, 1))
                    .build())
            .build());

    @Provide
    Arbitrary<Profile> plain() {
        return Profiles.plain();
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void whatHappensWasForeseen(@ForAll("plain") Profile profile, @ForAll Layout layout, @ForAll long seed) {
        Program program = FilterCompiler.compile(profile, layout, Frequencies.UNKNOWN);
        Random random = new Random(seed);
        BoundaryCalls calls = new BoundaryCalls(profile, random);
        for (int i = 0; i < 10; i++) {
            SeccompData call = calls.next();
            List<Argument> known = new ArrayList<>();
            List<Argument> all = new ArrayList<>();
            call.args().asList().forEach(argument -> {
                all.add(Argument.of(argument));
                known.add(part(argument, random));
            });
            Decision decision = Emulator.run(program, call).decision();
            assertEquals(
                    ImmutableSet.of(decision),
                    PossibleDecisions.of(program, call.arch(), call.number(), all),
                    call::toString);
            assertTrue(
                    PossibleDecisions.of(program, call.arch(), call.number(), known)
                            .contains(decision),
                    call::toString);
        }
    }

    private static Argument part(long argument, Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> Argument.of(argument);
            case 1 -> Argument.low(argument);
            case 2 -> new Argument(argument & -1L << Integer.SIZE, -1L << Integer.SIZE);
            case 3 -> some(argument, random.nextLong());
            default -> Argument.UNKNOWN;
        };
    }

    private static Argument some(long argument, long known) {
        return new Argument(argument & known, known);
    }

    /** A mask inside the known bits decides, and so does one known bit that differs. */
    @Test
    void knownBitsDecide() {
        Profile profile = Profile.builder(Action.ERRNO)
                .architectures(Arch.X86_64)
                .rule(Rule.builder(Action.ALLOW)
                        .name("socket")
                        .condition(Condition.maskedEqual(0, 0xc00, 0))
                        .build())
                .rule(Rule.builder(Action.ALLOW)
                        .name("socket")
                        .condition(Condition.maskedEqual(0, 0xf000, 0x8000))
                        .build())
                .build();
        Program program = FilterCompiler.compile(profile, Layout.TREE, Frequencies.UNKNOWN);
        assertEquals(ImmutableSet.of(ALLOW), bits(program, 0x1a4, 0xffff));
        assertEquals(ImmutableSet.of(ALLOW), bits(program, 0x8800, 0xffff));
        assertEquals(ImmutableSet.of(EPERM), bits(program, 0x9800, 0xffff));
        assertEquals(ImmutableSet.of(ALLOW, EPERM), bits(program, 0x800, 0xfff));
        assertEquals(ImmutableSet.of(ALLOW, EPERM), bits(program, 0x1000, 0xf000));
    }

    private static ImmutableSet<Decision> bits(Program program, long value, long known) {
        List<Argument> arguments = new ArrayList<>(Argument.ALL_UNKNOWN);
        arguments.set(0, new Argument(value, known));
        return PossibleDecisions.of(program, Arch.X86_64, SOCKET, arguments);
    }

    @Test
    void anArgumentThatIsNotLookedAtMakesNoDoubt() {
        assertEquals(ImmutableSet.of(ALLOW), PossibleDecisions.of(FILTER, Arch.X86_64, 0, Argument.ALL_UNKNOWN));
        assertEquals(ImmutableSet.of(EPERM), PossibleDecisions.of(FILTER, Arch.X86_64, 1, Argument.ALL_UNKNOWN));
        assertEquals(
                ImmutableSet.of(Decision.of(Action.KILL_THREAD)),
                PossibleDecisions.of(FILTER, Arch.X86, 3, Argument.ALL_UNKNOWN));
    }

    @Test
    void oneKnownArgumentCanDecide() {
        assertEquals(ImmutableSet.of(ALLOW, EPERM), answers(new long[0]));
        assertEquals(ImmutableSet.of(ALLOW, EPERM), answers(2));
        assertEquals(ImmutableSet.of(EPERM), answers(40));
        assertEquals(ImmutableSet.of(ALLOW), answers(2, 0x80001));
        assertEquals(ImmutableSet.of(EPERM), answers(2, 0x80002));
        assertEquals(ImmutableSet.of(EPERM), answers((1L << 32) + 2, 0x80001));
    }

    /** An equality looks at all 64 bits; a mask may not. */
    @Test
    void aKnownLowHalfDecidesWhereTheOtherIsNotLookedAt() {
        assertEquals(ImmutableSet.of(ALLOW, EPERM), answers(Argument.low(2), Argument.low(1)));
        assertEquals(ImmutableSet.of(EPERM), answers(Argument.low(40), Argument.low(1)));
        assertEquals(ImmutableSet.of(ALLOW), answers(Argument.of(2), Argument.low(0x80001)));
        assertEquals(ImmutableSet.of(EPERM), answers(Argument.of(2), Argument.low(0x80002)));
    }

    /** More ways than can be told apart: then more answers may be foreseen, in little time. */
    @Test
    @Timeout(20)
    void aProgramOfManyWaysIsFollowed() {
        Random random = new Random(1);
        Profile.Builder profile = Profile.builder(Action.ERRNO).architectures(Arch.X86_64);
        for (int i = 0; i < 150; i++) {
            Rule.Builder rule = Rule.builder(Action.ALLOW).name("socket");
            for (int j = 0; j < 6; j++) {
                rule.condition(Condition.of(
                        j, Operator.values()[random.nextInt(6)], random.nextLong() >>> random.nextInt(64)));
            }
            profile.rule(rule.build());
        }
        Program program = FilterCompiler.compile(profile.build(), Layout.TREE, Frequencies.UNKNOWN);
        assertEquals(
                ImmutableSet.of(ALLOW, EPERM),
                PossibleDecisions.of(program, Arch.X86_64, SOCKET, Argument.ALL_UNKNOWN));
    }

    @Test
    void whatIsNotKnownOfAnArgumentIsZero() {
        assertEquals(Argument.low(0xffff_fff0L), Argument.low(-16));
        assertEquals("0x?00000010 0x10 ?", Argument.low(16) + " " + Argument.of(16) + " " + Argument.UNKNOWN);
        assertThrows(IllegalArgumentException.class, () -> new Argument(1L << 32, 0xffffffffL));
        assertThrows(IllegalArgumentException.class, () -> new Argument(1, -1L << 32));
    }

    private static ImmutableSet<Decision> answers(long... known) {
        return answers(Arrays.stream(known).mapToObj(Argument::of).toArray(Argument[]::new));
    }

    private static ImmutableSet<Decision> answers(Argument... known) {
        List<Argument> arguments = new ArrayList<>(Argument.ALL_UNKNOWN);
        for (int i = 0; i < known.length; i++) {
            arguments.set(i, known[i]);
        }
        return PossibleDecisions.of(FILTER, Arch.X86_64, SOCKET, arguments);
    }

    @Test
    void whatNoCompiledFilterDoesIsRefused() {
        Program memory = new Program(ImmutableList.of(
                new Instruction.Load(16), new Instruction.Store(Register.A, 1), new Instruction.ReturnAccumulator()));
        assertThrows(
                IllegalArgumentException.class,
                () -> PossibleDecisions.of(memory, Arch.X86_64, 0, Argument.ALL_UNKNOWN));
        Program accumulator = new Program(
                ImmutableList.of(new Instruction.Constant(Register.A, 0x50026), new Instruction.ReturnAccumulator()));
        assertEquals(
                ImmutableSet.of(Decision.of(Action.ERRNO, OptionalInt.of(38))),
                PossibleDecisions.of(accumulator, Arch.X86_64, 0, Argument.ALL_UNKNOWN));
        assertThrows(
                IllegalArgumentException.class, () -> PossibleDecisions.of(FILTER, Arch.X86_64, 0, ImmutableList.of()));
    }
}
