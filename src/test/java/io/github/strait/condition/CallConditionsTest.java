package io.github.strait.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.github.strait.argument.Catalogue;
import io.github.strait.argument.Tier;
import io.github.strait.argument.ValueGroup;
import io.github.strait.observation.ArgumentTuple;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.observation.SyscallSum;
import io.github.strait.profile.Condition;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The conditions that the catalogue makes of values: as few masks as the measurements say. */
class CallConditionsTest {
    private static final Arch ARCH = Arch.X86_64;

    private static CallConditions of(String call, SyscallObservation seen) {
        return CallConditions.of(call, ARCH, Tier.SAFE, CallEvidence.of(seen, true));
    }

    private static ArgumentTuple tuple(Long... values) {
        return ArgumentTuple.of(values);
    }

    private static String text(CallConditions conditions) {
        return conditions.alternatives().stream()
                .map(all -> all.stream().map(Object::toString).collect(Collectors.joining(", ")))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void oneInetSocketOpensSixRules() {
        CallConditions socket = of("socket", Calls.seen("0 1 2", tuple(2L, 0x80801L, 6L)));
        assertEquals("""
                arg0 & 0xffffffff == 1
                arg0 & 0xfffffff7 == 2, arg1 & 0xf == 1, arg2 & 0xffffffff == 0
                arg0 & 0xfffffff7 == 2, arg1 & 0xf == 1, arg2 & 0xffffffff == 6
                arg0 & 0xfffffff7 == 2, arg1 & 0xf == 2, arg2 & 0xffffffff == 0
                arg0 & 0xfffffff7 == 2, arg1 & 0xf == 2, arg2 & 0xffffffff == 17
                arg0 & 0xffffffff == 16, arg2 & 0xffffffff == 0""", text(socket));
        assertTrue(Calls.passes(ARCH, socket, 10, 2, 17, 0, 0, 0));
        assertFalse(Calls.passes(ARCH, socket, 40, 1, 0, 0, 0, 0));
        assertFalse(Calls.passes(ARCH, socket, 38L | 1L << 32, 5, 0, 0, 0, 0));
    }

    @Test
    void aSocketOfAnotherFamilyOpensOnlyItself() {
        assertEquals(
                "arg0 & 0xffffffff == 1\narg0 & 0xffffffff == 17, arg1 & 0xf == 3, arg2 & 0xffffffff == 768",
                text(of("socket", Calls.seen("0 1 2", tuple(17L, 3L, 768L)))));
        assertEquals(
                "arg0 & 0xffffffff == 1\narg0 & 0xffffffff == 16, arg2 & 0xffffffff == 9",
                text(of("socket", Calls.seen("0 1 2", tuple(16L, 3L, 9L), tuple(16L, 2L, 9L)))));
    }

    @Test
    void saysWhatOpenedEachPart() {
        CallConditions socket = of("socket", Calls.seen("0 1 2", tuple(2L, 1L, 0L), tuple(2L, 3L, 1L)));
        assertEquals(
                "unix null, inet run:1, inet run:1, route run:1, - run:2",
                socket.openings().stream()
                        .map(opening -> opening.group().map(ValueGroup::name).orElse("-") + " "
                                + opening.seen()
                                        .map(seen -> seen.first().toString())
                                        .orElse(null))
                        .collect(Collectors.joining(", ")));
    }

    /** The registers after the descriptor have these values. */
    private static boolean passes(Arch arch, CallConditions conditions, String... names) {
        long[] registers = new long[Condition.ARGUMENTS];
        for (int i = 0; i < names.length; i++) {
            registers[i + 1] = number(names[i], arch);
        }
        return Calls.passes(arch, conditions, registers);
    }

    private static long number(String name, Arch arch) {
        return Catalogue.tuple(name, arch).orElseThrow().get(0);
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void namesMeanTheSameOnEveryAbi(Arch arch) {
        ArgumentTuple query = tuple(number("SIOCGIFFLAGS", arch));
        CallConditions ioctl =
                CallConditions.of("ioctl", arch, Tier.SAFE, CallEvidence.of(Calls.seen("1", query), true));
        assertTrue(
                passes(arch, ioctl, "TIOCGWINSZ") && passes(arch, ioctl, "TCSETSF") && passes(arch, ioctl, "FIONBIO"));
        assertFalse(passes(arch, ioctl, "TIOCSTI") || passes(arch, ioctl, "FICLONE"));

        ArgumentTuple offload = tuple(17L, 103L);
        CallConditions option =
                CallConditions.of("setsockopt", arch, Tier.SAFE, CallEvidence.of(Calls.seen("1 2", offload), true));
        assertTrue(passes(arch, option, "SOL_SOCKET", "SO_REUSEPORT")
                && passes(arch, option, "IPPROTO_TCP", "TCP_NODELAY"));
        assertFalse(
                passes(arch, option, "SOL_SOCKET", "SO_SNDBUFFORCE") || passes(arch, option, "IPPROTO_TCP", "TCP_ULP"));

        CallConditions fcntl =
                CallConditions.of("fcntl", arch, Tier.SAFE, CallEvidence.of(Calls.seen("1", tuple(3L)), true));
        assertTrue(passes(arch, fcntl, "F_GETLK") && passes(arch, fcntl, "F_SETLKW"));
        assertFalse(passes(arch, fcntl, "F_SETOWN") || passes(arch, fcntl, "F_SETPIPE_SZ"));
    }

    @Test
    void aTerminalIsOpenWhereverIoctlIs() {
        CallConditions ioctl = of("ioctl", Calls.seen("1", tuple(0x5401L)));
        assertTrue(Calls.passes(ARCH, ioctl, 0, 0xffffffff802c542aL, 0, 0, 0, 0));
        assertFalse(Calls.passes(ARCH, ioctl, 0, 0x5412, 0, 0, 0, 0));
        assertFalse(Calls.passes(ARCH, ioctl, 0, 0x541c, 0, 0, 0, 0));
        assertTrue(Calls.passes(ARCH, ioctl, 0, 0xffffffff80045430L, 0, 0, 0, 0));
        assertEquals(9, ioctl.alternatives().size(), text(ioctl));
    }

    @Test
    void allButOneGroupOfRequestsFitIntoTheRules() {
        CallConditions ioctl = of("ioctl", Calls.seen("1", tuple(0x8927L), tuple(0x80045430L), tuple(0x40049409L)));
        assertEquals(16, ioctl.alternatives().size(), text(ioctl));
    }

    @Test
    void setsockoptNeedsFewRules() {
        CallConditions options = of("setsockopt", Calls.seen("1 2", tuple(6L, 1L), tuple(41L, 26L)));
        assertEquals(14, options.alternatives().size(), text(options));
        assertFalse(Calls.passes(ARCH, options, 3, 6, 31, 0, 0, 0));
        assertFalse(Calls.passes(ARCH, options, 3, 0, 64, 0, 0, 0));
        assertFalse(Calls.passes(ARCH, options, 3, 1, 26, 0, 0, 0));
        CallConditions offload = of("setsockopt", Calls.seen("1 2", tuple(6L, 1L), tuple(17L, 103L)));
        assertTrue(offload.isConditional(), offload.toString());
    }

    @Test
    void prctlAndFcntl() {
        assertTrue(of("prctl", Calls.seen("0", tuple(15L))).alternatives().size() <= 9);
        CallConditions fcntl = of("fcntl", Calls.seen("1", tuple(3L)));
        assertEquals("arg1 & 0xfffffff8 == 0\narg1 & 0xffffffff == 1030\narg1 & 0xffffffff == 1032", text(fcntl));
    }

    @Test
    void namespacesThatWereNeverSeenAreForbidden() {
        assertEquals("arg0 & 0x7e020000 == 0", text(of("clone", Calls.seen("0", tuple(0x1200011L)))));
        CallConditions user = of("clone", Calls.seen("0", tuple(0x10000011L)));
        assertEquals("arg0 & 0x6e020000 == 0", text(user));
        assertEquals(1, user.openings().size());
    }

    @Test
    void set_idBitsAndTypesOfNodes() {
        assertEquals("arg1 & 0xc00 == 0", text(of("fchmod", Calls.seen("1", tuple(0644L)))));
        assertEquals("arg2 & 0xfc00 == 4096", text(of("mknodat", Calls.seen("2", tuple(0x11a4L)))));
        assertEquals("arg2 & 0xf800 == 4096", text(of("mknodat", Calls.seen("2", tuple(0x11a4L | 0x400)))));
    }

    @Test
    void creationsAloneHaveTheirModeTested() {
        CallConditions open = CallConditions.of(
                "openat",
                ARCH,
                Tier.STRICT,
                CallEvidence.of(Calls.seen("2 3", tuple(0L, 0xffffL), tuple(0x41L, 0600L)), false));
        assertEquals("arg2 & 0x400040 == 0\narg3 & 0xc00 == 0", text(open));
    }

    @Test
    void neverWritableAndExecutableAtOnce() {
        CallEvidence none = CallEvidence.of(Calls.seen("2", tuple(3L), tuple(1L)), false);
        assertEquals("arg2 & 0x4 == 0", text(CallConditions.of("mprotect", ARCH, Tier.STRICT, none)));
        CallEvidence exec = CallEvidence.of(Calls.seen("2", tuple(3L), tuple(5L)), false);
        assertEquals("arg2 & 0x4 == 0\narg2 & 0x2 == 0", text(CallConditions.of("mprotect", ARCH, Tier.STRICT, exec)));
        CallEvidence both = CallEvidence.of(Calls.seen("2", tuple(7L)), false);
        assertFalse(CallConditions.of("mprotect", ARCH, Tier.STRICT, both).isConditional());
    }

    @Test
    void limitsAreReadAndNeverSet() {
        CallEvidence read = CallEvidence.of(Calls.seen("2", tuple(0L)), false);
        CallConditions limits = CallConditions.of("prlimit64", ARCH, Tier.STRICT, read);
        assertEquals("arg2 & 0xffffffffffffffff == 0", text(limits));
        assertEquals("argument 0 unknown in 1 call", limits.obstacles().get(0).words());
        CallEvidence set = CallEvidence.of(Calls.seen("2", tuple(0L), tuple(1L)), false);
        assertFalse(CallConditions.of("prlimit64", ARCH, Tier.STRICT, set).isConditional());
    }

    @Test
    void saysWhyThereIsNone() {
        CallConditions unknown = of("ioctl", Calls.seen("1", List.of(tuple(0x5401L)), 3));
        assertFalse(unknown.isConditional());
        assertEquals("argument 1 unknown in 3 calls", unknown.obstacles().get(0).words());
        assertEquals("run:90", unknown.obstacles().get(0).at().orElseThrow().toString());
        CallConditions old = of(
                "socket",
                new SyscallSum().add(Calls.seen("9", List.of(tuple(1L)), 0)).total());
        assertEquals(
                "arguments 0, 1 and 2 unknown in 1 call", old.obstacles().get(0).words());
        CallEvidence layer =
                new CallEvidence(Optional.empty(), ImmutableMap.of(), false, Optional.empty(), "load", false);
        CallConditions chmod = CallConditions.of("chmod", ARCH, Tier.SAFE, layer);
        assertTrue(chmod.isConditional());
        CallConditions keyctl = CallConditions.of("keyctl", ARCH, Tier.SAFE, layer);
        assertEquals(
                "only the layer load names it, and the values that it needs are not known",
                keyctl.obstacles().get(0).words());
    }

    @Test
    void aLayerTakesTheBaseGroupsAndWhatTheRuntimeNeeds() {
        CallEvidence layer =
                new CallEvidence(Optional.empty(), ImmutableMap.of(), false, Optional.empty(), "load", false);
        assertTrue(CallConditions.of("fcntl", ARCH, Tier.SAFE, layer).isConditional());
        CallEvidence runtime = new CallEvidence(
                Optional.empty(),
                ImmutableMap.of("0", ImmutableSet.of(tuple(24L), tuple(47L))),
                true,
                Optional.empty(),
                "runtime",
                false);
        CallConditions prctl = CallConditions.of("prctl", ARCH, Tier.SAFE, runtime);
        assertTrue(Calls.passes(ARCH, prctl, 24, 0, 0, 0, 0, 0));
        assertTrue(Calls.passes(ARCH, prctl, 15, 0, 0, 0, 0, 0));
        assertFalse(Calls.passes(ARCH, prctl, 35, 0, 0, 0, 0, 0));
    }

    @Test
    void tooManyRulesAreNone() {
        ArgumentTuple[] requests = new ArgumentTuple[14];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = tuple(0x1000_0000L * (i + 1) + 0x35L * i * i);
        }
        CallConditions ioctl = of("ioctl", Calls.seen("1", requests));
        assertFalse(ioctl.isConditional());
        assertEquals(Obstacle.Kind.RULES, ioctl.obstacles().get(0).kind());
    }
}
