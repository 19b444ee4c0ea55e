package io.github.strait.format.firejail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Blocks;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirejailFormatTest {
    /** Newer calls by number, no name that the ABI lacks, the first rule of a name, and execveat denied again. */
    @Test
    void anAllowlist() {
        Profile profile = onX86().rule(Rule.allow("write", "read", "exit_group", "execve", "socketcall", "openat2"))
                .rule(Rule.errno(38, "clone3", "uname", "read", "no_such_call"))
                .rule(Rule.errno(1, "ptrace"))
                .rule(Rule.builder(Action.KILL_THREAD).name("kexec_load").build())
                .build();
        assertEquals(Blocks.text("firejail/app.profile"), written(profile));
    }

    @Test
    void aDenylist() {
        Profile profile = Profile.builder(Action.ALLOW)
                .architectures(Arch.X86_64)
                .rule(Rule.errno(38, "clone3"))
                .rule(Rule.errno(1, "mount"))
                .rule(Rule.builder(Action.KILL_THREAD).name("kexec_load").build())
                .build();
        assertEquals(Blocks.text("firejail/denylist.profile"), written(profile));
    }

    /** firejail has no table of names there. */
    @Test
    void onAarch64AllCallsAreNumbers() {
        Profile profile = Profile.builder(Action.KILL_THREAD)
                .architectures(Arch.AARCH64)
                .rule(Rule.allow("read", "execve"))
                .build();
        List<String> lines = written(profile).lines().toList();
        assertEquals("seccomp-error-action kill", lines.get(lines.size() - 2));
        assertEquals("seccomp.keep $221,$281:kill,$63", lines.get(lines.size() - 1));
    }

    @ParameterizedTest
    @CsvSource({"LOG, 0, log", "KILL_THREAD, 0, kill", "ERRNO, 1, EPERM", "ERRNO, 11, EAGAIN", "ERRNO, 95, EOPNOTSUPP"})
    void everyDefaultHasItsWord(Action action, int errno, String word) {
        Profile.Builder profile =
                Profile.builder(action).architectures(Arch.X86_64).rule(Rule.allow("read"));
        if (errno > 0) {
            profile.defaultErrnoRet(errno);
        }
        assertTrue(written(profile.build()).contains("\nseccomp-error-action " + word + "\n"));
    }

    @Test
    void whatFirejailDoesNotReadIsRefused() {
        refused(
                "logs by default alone, and the rule for 'read' has SCMP_ACT_LOG; SCMP_ACT_ALLOW is the nearest",
                onX86().rule(Rule.builder(Action.LOG).name("read").build()));
        refused(
                "returns errors by name, and the profile has 134, which has none in its list; 1 is the nearest",
                onX86().rule(Rule.errno(134, "read")));
        refused(
                "returns errors by name, and the profile has 0, which has none in its list; 1 is the nearest",
                onX86().rule(Rule.errno(0, "read")));
        refused(
                "has no conditions, and the rule for 'socket' has one: arg0 EQ 1; strait generate --format firejail derives a"
                        + " profile without",
                onX86().rule(Rule.builder(Action.ALLOW)
                        .name("socket")
                        .condition(Condition.of(0, Operator.EQ, 1))
                        .build()));
        refused(
                "has no SCMP_ACT_KILL_PROCESS, the action of the rule for 'read'; SCMP_ACT_KILL_THREAD is the nearest",
                onX86().rule(Rule.builder(Action.KILL_PROCESS).name("read").build()));
        refused(
                "is for the calls of x86_64 or of aarch64 alone, and the profile lists x86_64, x86; convert --arch and"
                        + " generate --target write one of them",
                onX86().architectures(Arch.X86).rule(Rule.allow("read")));
        refused(
                "needs a call in its list, and the profile has none on x86_64",
                Profile.builder(Action.ALLOW).architectures(Arch.X86_64).rule(Rule.errno(1, "socketcall")));
    }

    /** A longer line is an error of firejail's; all calls with a long error name are one. */
    @Test
    void aListThatIsTooLongIsRefused() {
        Profile.Builder profile = onX86().rule(Rule.builder(Action.ERRNO)
                .errnoRet(94)
                .names(SyscallTable.of(Arch.X86_64).numbers().keySet())
                .build());
        String message = assertThrows(RefusalException.class, () -> written(profile.build()))
                .getMessage();
        assertTrue(
                message.startsWith("format 'firejail' reads lines of at most 8190 bytes, and the list has "), message);
        written(onX86().rule(Rule.allow(
                        SyscallTable.of(Arch.X86_64).numbers().keySet().toArray(String[]::new)))
                .build());
    }

    @Test
    void whatItAllowsOrDeniesBesideIsNamed() {
        assertEquals(
                List.of("firejail allows execve and prctl in every list, although the profile does not"),
                cautions(onX86().rule(Rule.allow("read"))));
        assertEquals(
                List.of("firejail allows prctl and execveat in every list, although the profile does not"),
                cautions(Profile.builder(Action.LOG)
                        .architectures(Arch.X86_64)
                        .rule(Rule.allow("execve"))
                        .rule(Rule.errno(1, "personality"))));
        assertEquals(
                List.of(
                        "seccomp.block-secondary denies personality with other values than 0 and 0xffffffff, although the"
                                + " profile allows them"),
                cautions(onX86().rule(Rule.allow("execve", "prctl", "personality"))));
    }

    private static List<String> cautions(Profile.Builder profile) {
        return FirejailFormat.FIREJAIL.cautions(profile.build()).stream()
                .map(Diagnostic::message)
                .toList();
    }

    private static Profile.Builder onX86() {
        return Profile.builder(Action.ERRNO).architectures(Arch.X86_64);
    }

    private static String written(Profile profile) {
        return new String(FirejailFormat.FIREJAIL.write(profile), StandardCharsets.UTF_8);
    }

    private static void refused(String message, Profile.Builder profile) {
        assertEquals(
                "format 'firejail' " + message,
                assertThrows(RefusalException.class, () -> written(profile.build()))
                        .getMessage());
    }
}
