package io.github.strait.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Profiles;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * The emulated filter against the reference semantics. A try is one profile and {@value #CALLS} calls; {@code make prove}
 * raises the tries so that the first property alone compares a million pairs.
 */
class FilterProperties {
    private static final int CALLS = 20;

    private static final AtomicLong PAIRS = new AtomicLong();

    /** So that the long run cannot become a short one unnoticed. */
    @AfterContainer
    static void count() {
        long wanted = Long.getLong("strait.pairs", 0);
        if (wanted > 0) {
            System.out.println(PAIRS + " pairs of a profile and a call: the filter answers as the reference");
            assertTrue(PAIRS.get() >= wanted, () -> PAIRS + " pairs");
        }
    }

    @Provide
    Arbitrary<Profile> plain() {
        return Profiles.plain();
    }

    @Provide
    Arbitrary<Profile> large() {
        return LargeProfiles.any();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void theFilterAnswersAsTheProfileDecides(
            @ForAll("plain") Profile profile, @ForAll Layout layout, @ForAll long seed) {
        compare(profile, FilterCompiler.compile(profile, layout, Frequencies.UNKNOWN), seed);
    }

    /** Hundreds of names and conditions, so that branches must reach farther than they can. */
    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void distanceDoesNotMatter(@ForAll("large") Profile profile, @ForAll Layout layout, @ForAll long seed) {
        compare(profile, FilterCompiler.compile(profile, layout, Frequencies.UNKNOWN), seed);
    }

    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
    void frequenciesChangeNoAnswerOfALargeFilter(
            @ForAll("large") Profile profile, @ForAll Layout layout, @ForAll long seed) {
        Frequencies frequencies = LargeProfiles.frequencies(profile, new Random(seed));
        compare(profile, FilterCompiler.compile(profile, layout, frequencies), seed);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void frequenciesChangeNoAnswer(@ForAll("plain") Profile profile, @ForAll Layout layout, @ForAll long seed) {
        Frequencies frequencies = LargeProfiles.frequencies(profile, new Random(seed));
        compare(profile, FilterCompiler.compile(profile, layout, frequencies), seed);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void eachAbiCanHaveAProfileOfItsOwn(
            @ForAll("plain") Profile first, @ForAll("plain") Profile second, @ForAll Layout layout, @ForAll long seed) {
        Random random = new Random(seed);
        Map<Arch, Profile> profiles = new EnumMap<>(Arch.class);
        for (Arch arch : List.of(Arch.X86_64, Arch.X86, Arch.X32, Arch.AARCH64)) {
            if (random.nextBoolean()) {
                profiles.put(arch, alone(arch, random.nextBoolean() ? first : second));
            }
        }
        Program program = FilterCompiler.compile(AbiProfiles.of(profiles), layout, Frequencies.UNKNOWN);
        for (Profile profile : profiles.values()) {
            BoundaryCalls calls = new BoundaryCalls(profile, random);
            for (int i = 0; i < CALLS; i++) {
                SeccompData call = calls.next();
                boolean skipped = call.number() == SeccompData.SKIPPED && !profiles.containsKey(call.abi());
                Profile own = profiles.get(skipped && call.abi() == Arch.X86_64 ? Arch.X32 : call.abi());
                Decision expected = own == null ? Decision.of(Action.KILL_THREAD) : own.decide(call);
                assertEquals(expected.returnValue(), Emulator.run(program, call).value(), call::toString);
            }
        }
    }

    private static Profile alone(Arch arch, Profile profile) {
        return new Profile(
                profile.defaultAction(),
                profile.defaultErrnoRet(),
                ImmutableSortedSet.of(arch),
                profile.flags(),
                profile.listenerPath(),
                profile.listenerMetadata(),
                profile.rules());
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void bytesAreAProgramAgain(@ForAll("plain") Profile profile, @ForAll boolean isBigEndian) {
        ByteOrder order = isBigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        Program program = FilterCompiler.compile(profile);
        assertEquals(program, Program.decode(program.encode(order), order));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void theSameProfileGivesTheSameProgram(@ForAll("plain") Profile profile, @ForAll Layout layout) {
        Profile same = profile.toBuilder().rules(ImmutableList.of()).build();
        assertEquals(
                FilterCompiler.compile(profile, layout, Frequencies.UNKNOWN),
                FilterCompiler.compile(same, layout, Frequencies.UNKNOWN));
    }

    private static void compare(Profile profile, Program program, long seed) {
        BoundaryCalls calls = new BoundaryCalls(profile, new Random(seed));
        for (int i = 0; i < CALLS; i++) {
            SeccompData call = calls.next();
            ProgramResult answer = Emulator.run(program, call);
            assertEquals(profile.decide(call).returnValue(), answer.value(), call::toString);
            PAIRS.incrementAndGet();
        }
    }
}
