package io.github.strait.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Profiles;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** A filter read as rules decides as the filter does, and as the profile does that it was compiled from. */
class DecompilerProperties {
    private static final int CALLS = 20;

    /** Overlapping conditions of many rules can take more conditions, each by itself, than a document may hold. */
    private static final int MOST_GAPS = 60;

    private static int gaps;

    @Provide
    Arbitrary<Profile> plain() {
        return Profiles.plain()
                .filter(profile -> !profile.architectures().isEmpty()
                        && profile.architectures().size() <= 2);
    }

    @Provide
    Arbitrary<Profile> little() {
        return plain().map(
                        profile -> profile.architectures().first().isBigEndian() ? alone(profile, Arch.X86) : profile);
    }

    @AfterContainer
    static void gapsAreRare() {
        assertTrue(gaps <= MOST_GAPS, () -> gaps + " filters were not read");
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void aCompiledProfileIsReadBack(@ForAll("plain") Profile profile, @ForAll Layout layout, @ForAll long seed) {
        Decompiled read = decompiled(profile, layout);
        gaps += read.gap().isPresent() ? 1 : 0;
        Assume.that(read.gap().isEmpty());
        for (SeccompData call : calls(profile, seed)) {
            assertEquals(profile.decide(call), decision(read, call), call::toString);
        }
    }

    /** There and back again: the filter of what was read decides as the filter that was read. */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void whatWasReadIsCompiledAgain(@ForAll("plain") Profile profile, @ForAll Layout layout, @ForAll long seed) {
        Decompiled read = decompiled(profile, layout);
        Assume.that(read.gap().isEmpty());
        Program again;
        try {
            again = FilterCompiler.compile(read.profiles(), layout, Frequencies.UNKNOWN);
        } catch (RefusalException e) {
            Assume.that(false);
            return;
        }
        for (SeccompData call : calls(profile, seed)) {
            assertEquals(profile.decide(call), Emulator.run(again, call).decision(), call::toString);
        }
    }

    /** On one machine, the ABIs of one width have one profile again. */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void oneProfileComesBackWhereThereIsOne(@ForAll("plain") Profile profile, @ForAll long seed) {
        Profile native64 = alone(profile, Arch.X86_64);
        Decompiled read = decompiled(native64, Layout.TREE);
        Assume.that(read.gap().isEmpty());
        assertTrue(read.profile().isPresent(), read.difference());
        for (SeccompData call : calls(native64, seed)) {
            assertEquals(native64.decide(call), read.profile().orElseThrow().decide(call), call::toString);
        }
    }

    /** The strictest action of two filters wins, as the emulator of the stack has it. */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void stackedFiltersAreReadAsOne(
            @ForAll("little") Profile older, @ForAll("little") Profile newer, @ForAll long seed) {
        FilterStack stack =
                new FilterStack(ImmutableList.of(FilterCompiler.compile(older), FilterCompiler.compile(newer)));
        Decompiled read = Decompiler.decompile(stack, false, Arch.X86_64);
        Assume.that(read.gap().isEmpty());
        for (Profile profile : List.of(older, newer)) {
            for (SeccompData call : calls(profile, seed)) {
                if (!isOther(call)) {
                    assertEquals(stack.decide(call), decision(read, call), call::toString);
                }
            }
        }
    }

    /** A call without a name, of which the profiles tell only what most of them get. */
    private static boolean isOther(SeccompData call) {
        return SyscallTable.of(call.abi()).name(call.number()).isEmpty();
    }

    private static Profile alone(Profile profile, Arch abi) {
        return new Profile(
                profile.defaultAction(),
                profile.defaultErrnoRet(),
                ImmutableSortedSet.of(abi),
                profile.flags(),
                profile.listenerPath(),
                profile.listenerMetadata(),
                profile.rules());
    }

    private static Decompiled decompiled(Profile profile, Layout layout) {
        boolean isBigEndian = profile.architectures().first().isBigEndian();
        Program program = FilterCompiler.compile(profile, layout, Frequencies.UNKNOWN);
        return Decompiler.decompile(
                FilterStack.of(program), isBigEndian, profile.architectures().first());
    }

    private static Decision decision(Decompiled read, SeccompData call) {
        return read.profiles()
                .on(call.abi())
                .map(profile -> profile.decide(call))
                .orElse(Decision.of(Action.KILL_THREAD));
    }

    /** Calls with a number: no tracer has taken it away. */
    private static List<SeccompData> calls(Profile profile, long seed) {
        BoundaryCalls calls = new BoundaryCalls(profile, new Random(seed));
        return Stream.generate(calls::next)
                .filter(call -> call.number() != SeccompData.SKIPPED)
                .limit(CALLS)
                .toList();
    }
}
