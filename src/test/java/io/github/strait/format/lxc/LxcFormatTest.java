package io.github.strait.format.lxc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.bpf.Frequencies;
import io.github.strait.bpf.Layout;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Blocks;
import io.github.strait.format.PerAbiFormat;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LxcFormatTest {
    /** What LXC would refuse or misread is written in another way, which it reads rightly. */
    @Test
    void anAllowlist() {
        Profile profile = onX86().rule(Rule.errno(1, "ptrace"))
                .rule(Rule.allow("write", "read", "exit_group"))
                .rule(Rule.builder(Action.ALLOW)
                        .name("write")
                        .condition(Condition.of(0, Operator.EQ, 1))
                        .build())
                .rule(Rule.builder(Action.ALLOW)
                        .names(List.of("socket", "socketpair"))
                        .condition(Condition.of(0, Operator.EQ, 1))
                        .condition(Condition.of(2, Operator.NE, -1))
                        .build())
                .rule(Rule.builder(Action.ALLOW)
                        .name("unshare")
                        .condition(Condition.maskedEqual(0, 0x7e020000, 4))
                        .build())
                .rule(Rule.builder(Action.ALLOW)
                        .name("personality")
                        .condition(Condition.of(0, Operator.EQ, 0))
                        .condition(Condition.of(0, Operator.EQ, 8))
                        .build())
                .rule(Rule.builder(Action.ALLOW)
                        .name("personality")
                        .condition(Condition.of(0, Operator.EQ, 8))
                        .build())
                .rule(Rule.builder(Action.ALLOW)
                        .name("madvise")
                        .condition(Condition.maskedEqual(2, 0, 4))
                        .build())
                .rule(Rule.errno(38, "clone3"))
                .rule(Rule.errno(0, "sync"))
                .rule(Rule.builder(Action.KILL_THREAD).name("kexec_load").build())
                .rule(Rule.builder(Action.TRAP).name("reboot").build())
                .rule(Rule.builder(Action.NOTIFY).name("mount").build())
                .build();
        assertEquals(Blocks.text("lxc/app.seccomp"), written(profile));
    }

    @Test
    void aDenylist() {
        Profile profile = Profile.builder(Action.ALLOW)
                .rule(Rule.allow("read"))
                .rule(Rule.errno(38, "clone3"))
                .rule(Rule.builder(Action.KILL_THREAD).name("kexec_load").build())
                .build();
        assertEquals(Blocks.text("lxc/denylist.seccomp"), written(profile));
    }

    /** libseccomp promises no order where conditional rules of different actions overlap: here the first one wins. */
    @Test
    void rulesThatDependOnTheirOrderAreWrittenWithoutOne() {
        Profile profile = onX86().rule(Rule.builder(Action.ERRNO)
                        .errnoRet(22)
                        .name("ioctl")
                        .condition(Condition.maskedEqual(1, 0xff, 1))
                        .build())
                .rule(Rule.builder(Action.ALLOW)
                        .name("ioctl")
                        .condition(Condition.maskedEqual(1, 0xf, 1))
                        .build())
                .build();
        String[] lines = written(profile).split("\n");
        assertEquals("ioctl errno 22 [1,1,SCMP_CMP_MASKED_EQ,255]", lines[lines.length - 1]);
        for (String line : List.of(lines).subList(5, lines.length - 1)) {
            assertEquals("ioctl allow [1,", line.substring(0, 15), line);
            assertEquals(-1, line.indexOf("[1,1,SCMP_CMP_MASKED_EQ,15]"), line);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LOG | has no SCMP_ACT_LOG, the action of the default",
                "KILL_PROCESS | has no SCMP_ACT_KILL_PROCESS, the action of the default; SCMP_ACT_KILL_THREAD is the nearest",
                "NOTIFY | asks for a supervisor only where a rule has SCMP_ACT_NOTIFY, and the default has it; SCMP_ACT_ERRNO is the nearest",
            })
    void otherDefaultsAreRefused(Action action, String message) {
        refused(message, Profile.builder(action).architectures(Arch.X86_64).rule(Rule.allow("read")));
    }

    @Test
    void whatLxcDoesNotReadIsRefused() {
        refused("returns errors up to 4094, and the profile has 4095", onX86().rule(Rule.errno(4095, "read")));
        refused("has no flags and no listener; use oci", onX86().flag(Flag.LOG));
        refused(
                "has no SCMP_ACT_TRACE, the action of the rule for 'read'",
                onX86().rule(Rule.builder(Action.TRACE).name("read").build()));
        refused(
                "kills the calls of s390, which the profile lists; a profile for s390x alone is the nearest",
                onX86().architectures(Arch.S390));
    }

    /** It gives the name to libseccomp, which knows these calls as parts of a multiplexer alone. */
    @Test
    void callsThatItSkipsAreRefused() {
        refused(
                "skips 'socket' on x86 in silence, as a call that socketcall stands for; a profile that does not list x86"
                        + " is the nearest",
                onX86().architectures(Arch.X86).rule(Rule.allow("socket")));
        refused(
                "skips 'semtimedop' on s390x in silence, as a call that ipc stands for; no policy names it there",
                Profile.builder(Action.ERRNO).architectures(Arch.S390X).rule(Rule.allow("semtimedop")));
        written(onX86().architectures(Arch.X86).rule(Rule.allow("semop")).build());
        refused(
                "skips 'socket' on x86 in silence, as a call that socketcall stands for; a profile that does not list x86"
                        + " is the nearest",
                Profile.builder(Action.ALLOW).architectures(Arch.X86).rule(Rule.errno(1, "socket")));
    }

    /** What is denied in any case only gets another error. */
    @Test
    void denialsThatItSkipsAreNoted() {
        Profile.Builder profile = onX86().architectures(Arch.X86, Arch.X32).rule(Rule.errno(38, "accept4", "socket"));
        written(profile.build());
        assertEquals(
                List.of("LXC skips these calls on x86, so they get the default action: accept4 socket"),
                cautions(profile));
    }

    /** i386 programs make their calls by socketcall; the 64-bit runtime that starts them needs sendto. */
    @Test
    void ofSeveralAbisEachHasWhatItNeeds() {
        Profile own = onX86().rule(Rule.allow("sendto", "read")).build();
        Profile other = Profile.builder(Action.ERRNO)
                .architectures(Arch.X86)
                .rule(Rule.allow("socketcall", "read", "waitpid"))
                .build();
        String text = written(AbiProfiles.of(Map.of(Arch.X86_64, own, Arch.X86, other)));
        assertTrue(text.endsWith("[all]\nread\nsendto\nsocketcall\nwaitpid\n"), text);
        assertEquals(written(own), written(AbiProfiles.of(Map.of(Arch.X86_64, own))));
        Profile direct = other.toBuilder().rule(Rule.allow("sendto")).build();
        assertThrows(RefusalException.class, () -> written(AbiProfiles.of(Map.of(Arch.X86_64, own, Arch.X86, direct))));
    }

    private static String written(AbiProfiles profiles) {
        return new String(
                ((PerAbiFormat) LxcFormat.LXC).write(profiles, Layout.AUTO, Frequencies.UNKNOWN),
                StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "X86_64 | on x86_64 LXC filters the calls of x86 and x32 too, by the same names, and no policy closes them",
                "X86 | on x86_64 LXC filters the calls of x32 too, by the same names, and no policy closes it",
                "AARCH64 | on aarch64 LXC filters the calls of arm too, by the same names, and no policy closes it",
                "S390X | none",
                "RISCV64 | none",
            })
    void abisThatItOpensAreNamed(Arch arch, String warning) {
        assertEquals(
                warning == null ? List.of() : List.of(warning),
                cautions(Profile.builder(Action.ERRNO).architectures(arch)));
    }

    /** Measured: it cannot make the descriptor of the listener non-blocking, and gives up. */
    @Test
    void whatLxcNeedsForASupervisorIsNamed() {
        Profile.Builder profile = Profile.builder(Action.ERRNO)
                .rule(Rule.builder(Action.NOTIFY).name("mount").build());
        assertEquals(
                List.of(
                        "where a rule has SCMP_ACT_NOTIFY, LXC calls fcntl under the filter, and the profile does not always"
                                + " allow it: the container will not start"),
                cautions(profile));
        assertEquals(List.of(), cautions(profile.rule(Rule.allow("fcntl"))));
        assertEquals(
                List.of(),
                cautions(Profile.builder(Action.ALLOW)
                        .rule(Rule.builder(Action.NOTIFY).name("mount").build())));
    }

    private static List<String> cautions(Profile.Builder profile) {
        return LxcFormat.LXC.cautions(profile.build()).stream()
                .map(Diagnostic::message)
                .toList();
    }

    private static Profile.Builder onX86() {
        return Profile.builder(Action.ERRNO).architectures(Arch.X86_64);
    }

    private static String written(Profile profile) {
        return new String(LxcFormat.LXC.write(profile), StandardCharsets.UTF_8);
    }

    private static void refused(String message, Profile.Builder profile) {
        assertEquals(
                "format 'lxc' " + message,
                assertThrows(RefusalException.class, () -> written(profile.build()))
                        .getMessage());
    }
}
