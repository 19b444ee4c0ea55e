package io.github.strait.format.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Blocks;
import io.github.strait.format.Settings;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drop-ins byte for byte, and what they cannot say. */
class SystemdFormatTest {
    private static final Rule LOGGED =
            Rule.builder(Action.LOG).name("getpid").name("uname").build();
    private static final Rule KILLED =
            Rule.builder(Action.KILL_PROCESS).name("ptrace").build();

    private static Profile.Builder onX86(Action byDefault) {
        return Profile.builder(byDefault).architectures(Arch.X86_64);
    }

    private static Profile.Builder allowing(Action byDefault) {
        return onX86(byDefault).rule(Rule.allow("execve", "exit_group", "read", "write"));
    }

    private static String written(Profile.Builder profile) {
        return new String(
                SystemdFormat.SYSTEMD.with(new Settings("web")).write(profile.build()), StandardCharsets.UTF_8);
    }

    @Test
    void thisIsADropIn() {
        assertEquals(
                Blocks.text("systemd/errno.conf"),
                written(allowing(Action.ERRNO)
                        .architectures(Arch.X86, Arch.X32)
                        .rule(LOGGED)
                        .rule(KILLED)
                        .rule(Rule.errno(13, "mount", "umount2"))
                        .rule(Rule.errno(1000, "bpf"))
                        .rule(Rule.errno(38, "clone3", "statx"))));
        assertEquals(
                Blocks.text("systemd/denylist.conf"),
                written(onX86(Action.ALLOW)
                        .rule(Rule.allow("read"))
                        .rule(LOGGED)
                        .rule(KILLED)
                        .rule(Rule.errno(38, "clone3"))
                        .rule(Rule.errno(0, "mount"))));
        assertEquals(
                Blocks.text("systemd/log.conf"),
                written(allowing(Action.LOG).rule(Rule.errno(1, "mount")).rule(Rule.errno(38, "clone3"))));
    }

    /** The first lines of a list of allowed calls; ENOSYS is the default of all of them. */
    @ParameterizedTest
    @CsvSource({
        "ERRNO, 13, ~@known:EACCES, ~clone3",
        "ERRNO, 38, ~@known, ''",
        "KILL_PROCESS, 0, ~@known:kill, ~clone3",
    })
    void everyDefaultHasItsForm(Action action, int errno, String known, String fallback) {
        Profile.Builder profile = allowing(action).rule(Rule.errno(38, "clone3"));
        if (action == Action.ERRNO) {
            profile.defaultErrnoRet(errno);
        }
        ImmutableList.Builder<String> lines = ImmutableList.builder();
        lines.add("SystemCallErrorNumber=ENOSYS", "SystemCallFilter=", "SystemCallFilter=execve")
                .add(
                        "SystemCallFilter=~@default",
                        "SystemCallFilter=" + known,
                        "SystemCallFilter=execve exit_group read write");
        if (!fallback.isEmpty()) {
            lines.add("SystemCallFilter=" + fallback);
        }
        assertEquals(
                lines.build(),
                written(profile)
                        .lines()
                        .filter(line -> line.matches("SystemCall(Filter|ErrorNumber)=.*"))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "'', native",
        "X86_64, native",
        "X86_64 X86, native x86",
        "X86, native x86",
        "AARCH64 ARM, native arm",
        "X86_64 X32 AARCH64, x86-64 x32 arm64",
        "MIPSEL64 MIPSEL64N32 MIPSEL, native mips-le mips64-le-n32",
        "PPC64LE RISCV64 LOONGARCH64, riscv64 ppc64-le loongarch64",
    })
    void abisAreSpelledAsSystemdDoes(String arches, String expected) {
        Profile.Builder profile = Profile.builder(Action.ERRNO).rule(Rule.allow("execve"));
        for (String arch : arches.isEmpty() ? new String[0] : arches.split(" ")) {
            profile.architectures(Arch.valueOf(arch));
        }
        List<String> lines = written(profile)
                .lines()
                .filter(line -> line.startsWith("SystemCallArchitectures="))
                .toList();
        assertEquals(List.of("SystemCallArchitectures=", "SystemCallArchitectures=" + expected), lines);
    }

    @Test
    void errorsHaveTheNameThatTheirAbiGivesThem() {
        Profile.Builder mips = Profile.builder(Action.ERRNO)
                .architectures(Arch.MIPSEL64)
                .rule(Rule.errno(89, "clone3"))
                .rule(Rule.errno(38, "bpf"));
        String text = written(mips);
        assertTrue(text.contains("\nSystemCallFilter=~clone3\n"), text);
        assertFalse(text.contains("bpf:38"), text);
    }

    @Test
    void whatItCannotSayIsNamed() {
        assertRefused(
                "has no conditions, and the rule for 'socket' has one: arg0 EQ 1; a unit has RestrictAddressFamilies= for"
                        + " some values of socket; strait generate --format systemd derives a profile without",
                conditional("socket"));
        assertRefused(
                "has no conditions, and the rule for 'ioctl' has one: arg0 EQ 1; strait generate --format systemd derives a"
                        + " profile without",
                conditional("ioctl"));
        for (String name : List.of("clone", "unshare", "setns")) {
            assertTrue(refusal(conditional(name)).contains("RestrictNamespaces="), name);
        }
        for (String name : List.of("mmap", "mprotect")) {
            assertTrue(refusal(conditional(name)).contains("MemoryDenyWriteExecute="), name);
        }
        assertTrue(refusal(conditional("personality")).contains("LockPersonality="));
        assertRefused("has no SCMP_ACT_TRAP, the action of the default", onX86(Action.TRAP));
        assertRefused(
                "has no SCMP_ACT_KILL_THREAD, the action of the default; SCMP_ACT_KILL_PROCESS is the nearest",
                onX86(Action.KILL_THREAD));
        assertRefused(
                "has no SCMP_ACT_TRACE, the action of the rule for 'read'",
                allowing(Action.ERRNO)
                        .rule(Rule.builder(Action.TRACE).name("read").build()));
        assertRefused(
                "has no SCMP_ACT_NOTIFY, the action of the rule for 'read'",
                allowing(Action.ERRNO)
                        .rule(Rule.builder(Action.NOTIFY).name("read").build()));
        assertRefused(
                "has no flags and no listener; use oci", allowing(Action.ERRNO).flag(Flag.LOG));
        assertRefused(
                "has no error above 4094, which the rule for 'bpf' needs: systemd would not start the service",
                allowing(Action.ERRNO).rule(Rule.errno(4095, "bpf")));
        assertRefused(
                "has no error above 4094, which the default needs: systemd would not start the service",
                allowing(Action.ERRNO).defaultErrnoRet(4095));
        assertRefused(
                "logs calls other than listed ones, and the profile lists none to allow without", onX86(Action.LOG));
    }

    private static Profile.Builder conditional(String name) {
        return onX86(Action.ERRNO)
                .rule(Rule.builder(Action.ALLOW)
                        .name(name)
                        .condition(Condition.of(0, Operator.EQ, 1))
                        .build());
    }

    @Test
    void aServiceThatWouldNotStartIsAnnounced() {
        Profile.Builder starting = allowing(Action.ERRNO).rule(Rule.allow("prctl", "capget", "capset"));
        assertEquals(ImmutableList.of(), SystemdFormat.SYSTEMD.cautions(starting.build()));
        List<Diagnostic> ofUser =
                SystemdFormat.SYSTEMD.cautions(allowing(Action.ERRNO).build());
        assertEquals(1, ofUser.size());
        assertTrue(ofUser.get(0).message().contains("denies prctl and capget and capset: a service with User="));
        assertEquals(
                ImmutableList.of(),
                SystemdFormat.SYSTEMD.cautions(onX86(Action.LOG).build()));
        Diagnostic caution = SystemdFormat.SYSTEMD
                .cautions(onX86(Action.ERRNO).rule(Rule.allow("execve", "read")).build())
                .get(0);
        assertEquals("systemd-start", caution.code());
        assertTrue(caution.message().contains("which denies write: the service may not start"), caution.message());
    }

    private static String refusal(Profile.Builder profile) {
        return assertThrows(RefusalException.class, () -> written(profile))
                .diagnostic()
                .message();
    }

    private static void assertRefused(String message, Profile.Builder profile) {
        assertEquals("format 'systemd' " + message, refusal(profile));
    }
}
