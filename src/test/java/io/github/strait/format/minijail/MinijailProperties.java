package io.github.strait.format.minijail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.format.Dialect;
import io.github.strait.format.Settings;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Profiles;
import io.github.strait.profile.Rule;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A policy decides as its profile does, as far as it can say it. */
class MinijailProperties {
    private static final Set<Action> OF_COMPILER =
            Set.of(Action.KILL_PROCESS, Action.KILL_THREAD, Action.TRAP, Action.ERRNO, Action.LOG, Action.ALLOW);

    @Provide
    Arbitrary<Profile> forCompiler() {
        return profiles(Arbitraries.of(Action.KILL_PROCESS, Action.KILL_THREAD, Action.TRAP, Action.ERRNO))
                .map(profile -> profile.withRules(profile.rules().stream()
                        .filter(rule -> OF_COMPILER.contains(rule.action()))
                        .toList()));
    }

    @Provide
    Arbitrary<Profile> forLibrary() {
        return profiles(Arbitraries.of(Action.KILL_PROCESS, Action.KILL_THREAD, Action.LOG))
                .map(profile -> profile.withRules(profile.rules().stream()
                        .map(MinijailProperties::permitted)
                        .toList()));
    }

    /** What is conditional allows, and what is not allows or returns an error. */
    private static Rule permitted(Rule rule) {
        return rule.isConditional() || rule.action() != Action.ERRNO
                ? new Rule(
                        rule.names(),
                        Action.ALLOW,
                        OptionalInt.empty(),
                        rule.conditions(),
                        rule.scope(),
                        rule.comment())
                : rule;
    }

    private static Arbitrary<Profile> profiles(Arbitrary<Action> defaults) {
        return Combinators.combine(
                        Arbitraries.oneOf(Profiles.close(), Profiles.plain()),
                        defaults,
                        Arbitraries.of(Arch.X86_64, Arch.AARCH64, Arch.X86, Arch.ARM, Arch.MIPS))
                .as((profile, action, abi) -> new Profile(
                        action,
                        action == Action.ERRNO ? OptionalInt.of(13) : OptionalInt.empty(),
                        ImmutableSortedSet.of(abi),
                        ImmutableSortedSet.of(),
                        Optional.empty(),
                        Optional.empty(),
                        profile.rules()));
    }

    @Provide
    Arbitrary<List<SeccompData>> calls() {
        return Arbitraries.oneOf(Profiles.closeCalls(), Profiles.calls()).list().ofSize(20);
    }

    @Property(tries = 1000)
    void theCompilersPolicyDecidesAsTheProfile(
            @ForAll("forCompiler") Profile profile, @ForAll("calls") List<SeccompData> calls) {
        assertSame(profile, Dialect.COMPILER, calls);
    }

    @Property(tries = 1000)
    void theLibrarysPolicyDecidesAsTheProfile(
            @ForAll("forLibrary") Profile profile, @ForAll("calls") List<SeccompData> calls) {
        assertSame(profile, Dialect.LIBMINIJAIL, calls);
        // every line means the same to the compiler
        if (!profile.defaultAction().permits()) {
            assertReads(profile, Dialect.LIBMINIJAIL, Dialect.COMPILER, calls);
        }
    }

    /** The call of that name on this ABI. */
    private static SeccompData here(SeccompData call, Arch abi) {
        int number = SyscallTable.of(call.abi())
                .name(call.number())
                .map(name -> SyscallTable.of(abi).number(name))
                .orElse(OptionalInt.empty())
                .orElse(call.number() & 0x3ff);
        return new SeccompData(abi, number, 0, call.args());
    }

    private static void assertSame(Profile profile, Dialect dialect, List<SeccompData> calls) {
        assertReads(profile, dialect, dialect, calls);
    }

    private static void assertReads(Profile profile, Dialect written, Dialect read, List<SeccompData> calls) {
        Arch abi = profile.architectures().first();
        String text = new String(
                MinijailFormat.MINIJAIL.with(Settings.USUAL.spoken(written)).write(profile), StandardCharsets.UTF_8);
        Policy policy = Policy.read(text, read, abi, profile.defaultDecision());
        for (SeccompData call : calls) {
            SeccompData here = here(call, abi);
            assertEquals(profile.decide(here), policy.decide(here), () -> here + "\n" + text);
        }
    }
}
