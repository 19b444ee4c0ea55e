package io.github.strait.format.c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The source's text. CSourcesIT compiles it, and LibseccompSourceIT compares the filters. */
class LibseccompFormatTest {
    private static Profile.Builder denying() {
        return Profile.builder(Action.ERRNO).architectures(Arch.X86_64);
    }

    private static Rule lseek(Action action, Condition... conditions) {
        Rule.Builder rule = Rule.builder(action).name("lseek");
        for (Condition condition : conditions) {
            rule.condition(condition);
        }
        return rule.build();
    }

    private static String written(Profile.Builder profile) {
        return new String(LibseccompFormat.LIBSECCOMP_C.write(profile.build()), StandardCharsets.UTF_8);
    }

    @Test
    void theSourceIsAsBefore() throws Exception {
        Profile.Builder profile = Profile.builder(Action.KILL_PROCESS)
                .architectures(Arch.X86_64, Arch.X86, Arch.S390X)
                .flag(Flag.TSYNC)
                .flag(Flag.LOG)
                .flag(Flag.SPEC_ALLOW)
                .rule(Rule.allow("read", "write"))
                .rule(Rule.errno(38, "clone3"))
                .rule(Rule.builder(Action.KILL_PROCESS).name("reboot").build())
                .rule(Rule.builder(Action.TRACE).errnoRet(7).name("ptrace").build())
                .rule(Rule.builder(Action.LOG).name("bpf").build())
                .rule(lseek(
                        Action.ALLOW, Condition.of(1, Operator.EQ, 0x100000002L), Condition.maskedEqual(2, 0xff, 1)))
                .rule(Rule.builder(Action.TRAP)
                        .name("personality")
                        .condition(Condition.of(0, Operator.EQ, 1))
                        .condition(Condition.of(0, Operator.EQ, -1))
                        .build());
        GoldenSource.assertSame("libseccomp.c", written(profile));
    }

    /** libseccomp's filter is for the machine that it runs on then. */
    @Test
    void withoutArchitecturesItIsForAnyMachine() {
        String source = written(Profile.builder(Action.ERRNO).rule(Rule.allow("read")));
        assertFalse(source.contains("abis") || source.contains("#error"), source);
        assertTrue(source.startsWith("/*\n * Has libseccomp make a seccomp filter. "), source);
    }

    @Test
    void whatLibseccompCompilesWrongIsRefused() {
        String why =
                "cannot trust libseccomp with the conditions on 'lseek': of several rules with ranges or NE it compiles"
                        + " some wrong, mostly too open; list values with SCMP_CMP_EQ or SCMP_CMP_MASKED_EQ, or use c";
        assertRefused(
                why,
                denying()
                        .rule(lseek(Action.ALLOW, Condition.of(0, Operator.GE, 5)))
                        .rule(lseek(Action.ALLOW, Condition.of(0, Operator.LT, 1L << 32))));
        assertRefused(
                why,
                denying()
                        .rule(lseek(Action.ALLOW, Condition.of(0, Operator.EQ, 5), Condition.of(1, Operator.NE, 0)))
                        .rule(lseek(Action.ALLOW, Condition.of(0, Operator.EQ, 6))));
        Profile.Builder right = denying()
                .rule(lseek(Action.ALLOW, Condition.of(0, Operator.GE, 5)))
                .rule(lseek(Action.ALLOW, Condition.of(0, Operator.EQ, 1)));
        assertTrue(written(right).contains("SCMP_CMP_GE, 0x5ULL"));
    }

    @Test
    void whatNothingThereWouldAnswerIsRefused() {
        assertRefused(
                "has no SCMP_ACT_NOTIFY, the action of the rule for 'mount'",
                denying().rule(Rule.builder(Action.NOTIFY).name("mount").build()));
        assertRefused(
                "has no flag SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV", denying().flag(Flag.WAIT_KILLABLE_RECV));
        assertRefused(
                "has errors up to 4094, for libseccomp refuses 4095", denying().rule(Rule.errno(4095, "read")));
        assertRefused("has no listener", denying().listenerPath("/run/l"));
    }

    private static void assertRefused(String message, Profile.Builder profile) {
        RefusalException refusal =
                assertThrows(RefusalException.class, () -> LibseccompFormat.LIBSECCOMP_C.write(profile.build()));
        assertEquals("format 'libseccomp-c' " + message, refusal.diagnostic().message());
    }
}
