package io.github.strait.format.gvisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.oci.OciFormat;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What gVisor takes, and what it does not. */
class GvisorFormatTest {
    private static Profile.Builder denying(Action action) {
        return Profile.builder(action).architectures(Arch.X86_64);
    }

    private static String written(Profile.Builder profile) {
        return new String(GvisorFormat.GVISOR.write(profile.build()), StandardCharsets.UTF_8);
    }

    private static void assertRefused(String message, Profile.Builder profile) {
        RefusalException refusal =
                assertThrows(RefusalException.class, () -> GvisorFormat.GVISOR.write(profile.build()));
        assertEquals("format 'gvisor' " + message, refusal.diagnostic().message());
    }

    @Test
    void endingAThreadHasItsOldName() {
        assertEquals("""
                {
                  "defaultAction": "SCMP_ACT_KILL",
                  "architectures": [
                    "SCMP_ARCH_X86_64"
                  ],
                  "syscalls": [
                    {
                      "names": [
                        "read",
                        "write"
                      ],
                      "action": "SCMP_ACT_ALLOW"
                    }
                  ]
                }
                """, written(denying(Action.KILL_THREAD).rule(Rule.allow("write", "read"))));
    }

    /** It takes the first rule that matches, where libseccomp takes the one without conditions. */
    @Test
    void rulesDoNotDependOnTheirOrder() {
        Profile.Builder profile = denying(Action.ERRNO)
                .rule(Rule.builder(Action.TRAP)
                        .name("read")
                        .condition(Condition.of(0, Operator.EQ, 1))
                        .build())
                .rule(Rule.allow("read"))
                .rule(Rule.errno(1, "write"))
                .rule(Rule.builder(Action.ALLOW)
                        .name("write")
                        .condition(Condition.maskedEqual(0, 3, 6))
                        .build());
        assertEquals(
                OciFormat.OCI
                        .read("f", written(profile).getBytes(StandardCharsets.UTF_8))
                        .profile(),
                denying(Action.ERRNO)
                        .defaultErrnoRet(1)
                        .rule(Rule.allow("read"))
                        .rule(Rule.builder(Action.ALLOW)
                                .name("write")
                                .condition(Condition.maskedEqual(0, 3, 2))
                                .build())
                        .build());
    }

    @Test
    void whatItDoesNotKnowIsNamed() {
        assertRefused(
                "has no SCMP_ACT_KILL_PROCESS, the action of the default; SCMP_ACT_KILL_THREAD is the nearest",
                denying(Action.KILL_PROCESS));
        assertRefused(
                "has no SCMP_ACT_LOG, the action of the rule for 'read'",
                denying(Action.ERRNO).rule(Rule.builder(Action.LOG).name("read").build()));
        assertRefused(
                "returns EPERM (1) whatever number is named, and the rule for 'clone3' names 38; strait generate"
                        + " --format gvisor derives a profile without",
                denying(Action.ERRNO).rule(Rule.errno(38, "clone3")));
        assertRefused(
                "returns EPERM (1) whatever number is named, and the default names 38; strait generate"
                        + " --format gvisor derives a profile without",
                denying(Action.ERRNO).defaultErrnoRet(38));
        assertRefused(
                "is for the calls of x86_64 or of aarch64 alone, and the profile lists x86_64, x86; convert --arch and generate"
                        + " --target write one of them",
                denying(Action.ERRNO).architectures(Arch.X86));
        assertRefused(
                "is for the calls of x86_64 or of aarch64 alone, and the profile lists riscv64",
                Profile.builder(Action.ERRNO).architectures(Arch.RISCV64));
        assertRefused(
                "has no flag SECCOMP_FILTER_FLAG_LOG",
                denying(Action.ERRNO).flag(Flag.TSYNC).flag(Flag.LOG));
        assertRefused("has no listener", denying(Action.ERRNO).listenerPath("/run/l"));
    }
}
