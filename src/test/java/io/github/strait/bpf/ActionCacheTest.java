package io.github.strait.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.ImmutableTable;
import io.github.strait.argument.Argument;
import io.github.strait.bpf.Instruction.Branch;
import io.github.strait.bpf.Instruction.Compute;
import io.github.strait.bpf.Instruction.Constant;
import io.github.strait.bpf.Instruction.Jump;
import io.github.strait.bpf.Instruction.Load;
import io.github.strait.bpf.Instruction.Return;
import io.github.strait.bpf.Instruction.ReturnAccumulator;
import io.github.strait.bpf.Instruction.Transfer;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Profiles;
import io.github.strait.profile.Rule;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Which calls the kernel allows without running the filter. */
class ActionCacheTest {
    private static final int ALLOW = Action.ALLOW.returnValue();
    private static final Return ALLOWED = new Return(ALLOW);

    @Provide
    Arbitrary<Profile> plain() {
        return Profiles.plain();
    }

    @Provide
    Arbitrary<Profile> large() {
        return LargeProfiles.any();
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void aCoveredCallIsAllowedWithAnyArguments(
            @ForAll("plain") Profile profile, @ForAll Layout layout, @ForAll long seed) {
        compare(profile, layout, seed);
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    void soItIsInLargeFilters(@ForAll("large") Profile profile, @ForAll Layout layout, @ForAll long seed) {
        compare(profile, layout, seed);
    }

    private static void compare(Profile profile, Layout layout, long seed) {
        Program program = FilterCompiler.compile(profile, layout, Frequencies.UNKNOWN);
        Program blind = blind(program);
        BoundaryCalls calls = new BoundaryCalls(profile, new Random(seed));
        for (int i = 0; i < 30; i++) {
            SeccompData call = calls.next();
            boolean covered = ActionCache.covers(program, call.abi(), call.number());
            if (covered) {
                assertEquals(Decision.of(Action.ALLOW), profile.decide(call), call::toString);
                assertEquals(
                        ImmutableSet.of(Decision.of(Action.ALLOW)),
                        PossibleDecisions.of(program, call.arch(), call.number(), Argument.ALL_UNKNOWN),
                        call::toString);
            }
            boolean isInTheCache = call.number() >= 0 && call.number() < 4096 && !isMips(call.arch());
            assertEquals(isInTheCache && Emulator.run(blind, call).value() == ALLOW, covered, call::toString);
        }
    }

    /** The program that kills where it would look at more than the number and the architecture. */
    private static Program blind(Program program) {
        return new Program(program.instructions().stream()
                .map(instruction ->
                        instruction instanceof Load load && load.offset() > DataWord.ARCH ? new Return(0) : instruction)
                .collect(ImmutableList.toImmutableList()));
    }

    private static boolean isMips(Arch arch) {
        return arch.label().startsWith("mips");
    }

    @Test
    void conditionsAndOtherActionsAreNotCovered() {
        Profile profile = Profile.builder(Action.ERRNO)
                .architectures(Arch.X86_64, Arch.X86, Arch.X32)
                .rule(Rule.allow("read", "socket", "sigreturn"))
                .rule(Rule.builder(Action.ALLOW)
                        .name("ioctl")
                        .condition(Condition.of(1, Operator.EQ, 5))
                        .build())
                .rule(Rule.builder(Action.LOG).name("write").build())
                .build();
        Program program = FilterCompiler.compile(profile);
        assertEquals(
                Map.of(
                        Arch.X86_64, ImmutableSortedSet.of("read", "socket"),
                        Arch.X86, ImmutableSortedSet.of("read", "sigreturn", "socket")),
                ActionCache.calls(program, ImmutableSet.of(Arch.X86_64, Arch.X86, Arch.X32)));
        Frequencies frequencies = new Frequencies(ImmutableTable.<Arch, Integer, Long>builder()
                .put(Arch.X86_64, 0, 30L)
                .put(Arch.X86_64, 16, 400L)
                .put(Arch.X86, 3, 7L)
                .put(Arch.X32, SeccompData.X32_BIT, 5000L)
                .buildOrThrow());
        assertEquals(37, ActionCache.covered(program, frequencies));
    }

    @Test
    void theKernelFollowsFewInstructions() {
        assertTrue(covers(ALLOWED));
        assertTrue(covers(new Load(DataWord.ARCH), new Load(DataWord.NUMBER), ALLOWED));
        assertTrue(covers(and(1), new Branch(Comparison.SET, Operand.of(1), 0, 1), new Return(0), ALLOWED));
        assertTrue(covers(new Jump(1), new Return(0), ALLOWED));
        assertFalse(covers(new Load(8), ALLOWED), "the instruction pointer");
        assertFalse(covers(new Load(16), ALLOWED), "an argument");
        assertFalse(covers(new Constant(Register.A, 1), ALLOWED));
        assertFalse(covers(new Constant(Register.A, ALLOW), new ReturnAccumulator()));
        assertFalse(covers(new Transfer(Register.X), ALLOWED));
        assertFalse(covers(new Compute(Operation.OR, Operand.of(1)), ALLOWED));
        assertFalse(covers(new Compute(Operation.AND, Operand.X), ALLOWED));
        assertFalse(covers(new Branch(Comparison.EQ, Operand.X, 0, 0), ALLOWED));
        assertFalse(covers(new Return(ALLOW | 1)), "a value besides the action");
        assertFalse(covers(new Return(Action.LOG.returnValue())));
    }

    private static Compute and(int mask) {
        return new Compute(Operation.AND, Operand.of(mask));
    }

    private static boolean covers(Instruction... instructions) {
        return ActionCache.covers(new Program(ImmutableList.copyOf(instructions)), Arch.X86_64, 0);
    }

    @Test
    void theCacheEndsAtTheLastNumber() {
        Program all = new Program(ImmutableList.of(ALLOWED));
        assertTrue(ActionCache.covers(all, Arch.ARM, 300));
        assertFalse(ActionCache.covers(all, Arch.ARM, 0xf0002));
        assertFalse(ActionCache.covers(all, Arch.X32, SeccompData.X32_BIT));
        assertFalse(ActionCache.covers(all, Arch.X86_64, -1));
        assertFalse(ActionCache.covers(all, Arch.MIPS64, 5000));
    }
}
