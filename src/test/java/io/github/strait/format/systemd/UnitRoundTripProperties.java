package io.github.strait.format.systemd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import com.google.common.io.Resources;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Engine;
import io.github.strait.format.Reader;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Syscalls;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written as a drop-in reads back; damaged units are refused, or are understood and written again. */
class UnitRoundTripProperties {
    private static final List<Action> ACTIONS = List.of(Action.KILL_PROCESS, Action.ERRNO, Action.LOG, Action.ALLOW);
    private static final List<Integer> ERRNOS = List.of(0, 1, 13, 38, 89, 1000, 4094);
    private static final ImmutableList<String> SAMPLES = ImmutableList.of("denylist.conf", "errno.conf", "log.conf");
    private static final List<ImmutableSet<Arch>> ARCHES = List.of(
            ImmutableSet.of(),
            ImmutableSet.of(Arch.X86_64),
            ImmutableSet.of(Arch.X86_64, Arch.X86),
            ImmutableSet.of(Arch.X86_64, Arch.X32),
            ImmutableSet.of(Arch.AARCH64),
            ImmutableSet.of(Arch.AARCH64, Arch.ARM),
            ImmutableSet.of(Arch.X86_64, Arch.AARCH64, Arch.PPC64LE),
            ImmutableSet.of(Arch.MIPSEL64, Arch.MIPSEL64N32),
            ImmutableSet.of(Arch.S390X));

    @Provide
    Arbitrary<Profile> profiles() {
        Arbitrary<Rule> rules = Combinators.combine(
                        Arbitraries.of(Syscalls.names()).set().ofMinSize(1).ofMaxSize(8),
                        Arbitraries.of(ACTIONS),
                        Arbitraries.of(ERRNOS))
                .as((names, action, errno) -> {
                    Rule.Builder rule = Rule.builder(action).names(names);
                    return (action == Action.ERRNO ? rule.errnoRet(errno) : rule).build();
                });
        return Combinators.combine(
                        Arbitraries.of(ACTIONS),
                        Arbitraries.of(ERRNOS),
                        Arbitraries.of(ARCHES),
                        rules.list().ofMaxSize(6))
                .as((action, errno, arches, list) -> {
                    Profile.Builder profile =
                            Profile.builder(action).architectures(arches).rules(list);
                    if (action == Action.ERRNO) {
                        profile.defaultErrnoRet(Math.max(1, errno));
                    }
                    return profile.build();
                });
    }

    private static Reader reader(Profile profile) {
        return new Reader(Engine.DOCKER, Iterables.getFirst(profile.architectures(), Arch.X86_64));
    }

    private static Profile readBack(Profile profile) {
        return SystemdFormat.SYSTEMD
                .read("f", SystemdFormat.SYSTEMD.write(profile), reader(profile))
                .profile();
    }

    /** The same decisions; what was read once stays the same profile, and the same bytes. */
    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenReadsBack(@ForAll("profiles") Profile profile) {
        Decisions decisions = Decisions.of(profile);
        Assume.that(profile.defaultAction() != Action.LOG
                || !decisions.named(Action.ALLOW).isEmpty());
        Profile back = readBack(profile);
        assertEquals(decisions, Decisions.of(back));
        assertEquals(
                profile.architectures().isEmpty() ? ImmutableSet.of(Arch.X86_64) : profile.architectures(),
                back.architectures());
        assertEquals(back, readBack(back));
        if (!profile.architectures().isEmpty()) {
            assertArrayEquals(SystemdFormat.SYSTEMD.write(profile), SystemdFormat.SYSTEMD.write(back));
        }
    }

    @Property(tries = 1000)
    void damagedUnitsAreRefusedOrStable(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(Resources.toString(
                Resources.getResource(getClass(), SAMPLES.get(random.nextInt(SAMPLES.size()))),
                StandardCharsets.UTF_8));
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + random.nextInt(8));
            String pieces = "~@known:EPERM \\\n#;[Service]=:kill";
            int from = random.nextInt(pieces.length());
            text.replace(at, end, pieces.substring(from, from + random.nextInt(pieces.length() - from + 1)));
        }
        Profile profile;
        try {
            profile = SystemdFormat.SYSTEMD
                    .read("f", text.toString().getBytes(StandardCharsets.UTF_8))
                    .profile();
        } catch (RefusalException e) {
            assertNotNull(e.diagnostic().position());
            assertTrue(e.getMessage().length() < 500, e.getMessage());
            return;
        }
        byte[] written;
        try {
            written = SystemdFormat.SYSTEMD.write(profile);
        } catch (RefusalException e) {
            assertEquals("inexpressible-profile", e.diagnostic().code());
            return;
        }
        assertEquals(profile, SystemdFormat.SYSTEMD.read("f", written).profile());
    }

    @Property
    void randomBytesAreRefused(@ForAll byte[] content) {
        try {
            SystemdFormat.SYSTEMD.read("f", content);
        } catch (RefusalException e) {
            assertNotNull(e.diagnostic().position());
        }
    }
}
