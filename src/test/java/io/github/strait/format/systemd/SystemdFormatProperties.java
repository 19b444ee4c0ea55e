package io.github.strait.format.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Profiles;
import io.github.strait.profile.Rule;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What systemd makes of a drop-in is what the profile decides. */
class SystemdFormatProperties {
    private static final ImmutableSet<String> KNOWN = ImmutableSet.<String>builder()
            .addAll(Profiles.NAMES)
            .add("execve", "mmap", "getuid", "mkdir")
            .build();
    private static final List<Action> ACTIONS = List.of(Action.KILL_PROCESS, Action.ERRNO, Action.LOG, Action.ALLOW);
    private static final List<Integer> ERRNOS = List.of(0, 1, 13, 38, 89, 1000, 4094);

    @Provide
    Arbitrary<Profile> profiles() {
        Arbitrary<Rule> rules = Combinators.combine(
                        Arbitraries.of(KNOWN).set().ofMinSize(1).ofMaxSize(4),
                        Arbitraries.of(ACTIONS),
                        Arbitraries.of(ERRNOS))
                .as((names, action, errno) -> {
                    Rule.Builder rule = Rule.builder(action).names(names);
                    return (action == Action.ERRNO ? rule.errnoRet(errno) : rule).build();
                });
        return Combinators.combine(
                        Arbitraries.of(ACTIONS),
                        Arbitraries.of(ERRNOS),
                        Arbitraries.of(Arch.X86_64, Arch.X86, Arch.AARCH64, Arch.MIPSEL64, Arch.PPC64LE)
                                .set()
                                .ofMaxSize(1),
                        rules.list().ofMaxSize(6))
                .as((action, errno, arches, list) -> {
                    Profile.Builder profile =
                            Profile.builder(action).architectures(arches).rules(list);
                    if (action == Action.ERRNO && errno > 0) {
                        profile.defaultErrnoRet(errno);
                    }
                    return profile.build();
                });
    }

    @Property(tries = 1000)
    void aDropInDecidesAsTheProfileDoes(@ForAll("profiles") Profile profile) {
        Decisions decisions = Decisions.of(profile);
        Assume.that(profile.defaultAction() != Action.LOG
                || !decisions.named(Action.ALLOW).isEmpty());
        Arch arch = profile.architectures().isEmpty()
                ? Arch.X86_64
                : profile.architectures().first();
        String text = new String(SystemdFormat.SYSTEMD.write(profile), StandardCharsets.UTF_8);
        UnitModel unit = new UnitModel(text, KNOWN, arch);
        for (String name : KNOWN) {
            assertEquals(decisions.of(name), unit.decide(name), () -> name + " of\n" + text);
        }
        text.lines().forEach(line -> assertTrue(line.length() <= 110, line));
    }

    /** An older systemd: what it does not know returns ENOSYS when a list allows, and runs when a list denies. */
    @Property(tries = 1000)
    void whatSystemdDoesNotKnowIsNeverAllowed(@ForAll("profiles") Profile profile) {
        Assume.that(!profile.defaultAction().permits());
        Set<String> old = Sets.difference(KNOWN, Set.of("openat", "execve"));
        String text = new String(SystemdFormat.SYSTEMD.write(profile), StandardCharsets.UTF_8);
        UnitModel unit = new UnitModel(text, old, Arch.X86_64);
        assertEquals(Action.ERRNO, unit.decide("openat").action(), text);
        assertEquals(Action.ERRNO, unit.decide("uretprobe").action(), text);
        assertEquals(Action.ERRNO, unit.decide("set_tls").action(), text);
    }

    @Property(tries = 200)
    void theDecisionsAreThoseOfTheReference(@ForAll("profiles") Profile profile) {
        Profile here = profile.on(Arch.X86_64);
        Decisions decisions = Decisions.of(here);
        for (String name : List.of("read", "write", "openat", "execve", "mmap")) {
            int number = SyscallTable.of(Arch.X86_64).number(name).orElseThrow();
            assertEquals(here.decide(SeccompData.of(Arch.X86_64, number)), decisions.of(name));
        }
    }
}
