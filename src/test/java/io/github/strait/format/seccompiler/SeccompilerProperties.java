package io.github.strait.format.seccompiler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Engine;
import io.github.strait.format.Formats;
import io.github.strait.format.Reader;
import io.github.strait.profile.Action;
import io.github.strait.profile.Decision;
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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A filter says what its profile says, and reads back as the same profile. */
class SeccompilerProperties {
    @Provide
    Arbitrary<Profile> profiles() {
        return Combinators.combine(
                        Arbitraries.oneOf(Profiles.close(), Profiles.plain()),
                        Arbitraries.of(
                                Decision.of(Action.ERRNO),
                                Decision.of(Action.ERRNO, OptionalInt.of(38)),
                                Decision.of(Action.KILL_PROCESS),
                                Decision.of(Action.LOG),
                                Decision.of(Action.TRAP)),
                        Arbitraries.of(Arch.X86_64, Arch.AARCH64, Arch.RISCV64))
                .as((profile, byDefault, abi) -> new Profile(
                        byDefault.action(),
                        byDefault.action().takesErrno() ? OptionalInt.of(byDefault.errno()) : OptionalInt.empty(),
                        ImmutableSortedSet.of(abi),
                        ImmutableSortedSet.of(),
                        Optional.empty(),
                        Optional.empty(),
                        profile.rules()))
                .map(profile -> profile.withRules(profile.rules().stream()
                        .map(rule -> new Rule(
                                rule.names(),
                                Action.ALLOW,
                                OptionalInt.empty(),
                                rule.conditions(),
                                rule.scope(),
                                rule.comment()))
                        .toList()));
    }

    @Provide
    Arbitrary<List<SeccompData>> calls() {
        return Arbitraries.oneOf(Profiles.closeCalls(), Profiles.calls()).list().ofSize(20);
    }

    @Property(tries = 1000)
    void aProfileGoesThereAndBack(@ForAll("profiles") Profile profile, @ForAll("calls") List<SeccompData> calls) {
        Arch abi = profile.architectures().first();
        Reader reader = new Reader(Engine.DOCKER, abi);
        byte[] filter = SeccompilerFormat.SECCOMPILER.write(profile);
        Profile back = Formats.read("f", filter, reader).profile();
        for (SeccompData call : calls) {
            int number = SyscallTable.of(call.abi())
                    .name(call.number())
                    .map(name -> SyscallTable.of(abi).number(name))
                    .orElse(OptionalInt.empty())
                    .orElse(call.number() & 0x3ff);
            SeccompData here = new SeccompData(abi, number, 0, call.args());
            assertEquals(
                    profile.decide(here),
                    back.decide(here),
                    () -> here + "\n" + new String(filter, StandardCharsets.UTF_8));
        }
        byte[] again = SeccompilerFormat.SECCOMPILER.write(back);
        assertEquals(back, Formats.read("f", again, reader).profile());
        byte[] third = SeccompilerFormat.SECCOMPILER.write(
                Formats.read("f", again, reader).profile());
        assertArrayEquals(again, third);
    }

    /** Whatever the bytes, a document is refused or read. */
    @Property(tries = 1000)
    void aDamagedFilterIsRefusedOrRead(@ForAll("profiles") Profile profile, @ForAll int place, @ForAll byte value) {
        byte[] filter = SeccompilerFormat.SECCOMPILER.write(profile);
        filter[Math.floorMod(place, filter.length)] = value;
        try {
            Profile read = SeccompilerFormat.SECCOMPILER.read("f", filter).profile();
            assertEquals(
                    read,
                    SeccompilerFormat.SECCOMPILER
                            .read("f", SeccompilerFormat.SECCOMPILER.write(read))
                            .profile());
        } catch (RefusalException e) {
            assertEquals(true, e.diagnostic().code().endsWith("-profile"), e.getMessage());
        }
    }
}
