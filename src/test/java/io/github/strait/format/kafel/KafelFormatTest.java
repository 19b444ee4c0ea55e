package io.github.strait.format.kafel;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Formats;
import io.github.strait.format.Settings;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The policy's text. */
class KafelFormatTest {
    private static final int CALLS = 500;
    private static final long HIGH = 1L << 32;

    private static Profile.Builder denying() {
        return Profile.builder(Action.ERRNO).architectures(Arch.X86_64);
    }

    private static String written(Profile.Builder profile) {
        return new String(KafelFormat.KAFEL.write(profile.build()), StandardCharsets.UTF_8);
    }

    /** A rule without conditions wins in a profile; here the first would, so it stands alone. */
    @Test
    void theFirstEntryThatMatchesIsThatOfTheProfile() {
        Profile.Builder profile = denying()
                .rule(Rule.builder(Action.TRAP)
                        .name("read")
                        .condition(Condition.of(0, Operator.EQ, 1))
                        .build())
                .rule(Rule.builder(Action.ALLOW)
                        .names(List.of("clone", "no_such_call", "_sysctl"))
                        .condition(Condition.maskedEqual(2, 0x7e020000, -1))
                        .condition(Condition.of(0, Operator.NE, 0x100000002L))
                        .build())
                .rule(Rule.allow("read", "write"))
                .rule(Rule.builder(Action.ALLOW)
                        .name("personality")
                        .condition(Condition.of(0, Operator.EQ, 1))
                        .condition(Condition.of(0, Operator.GE, 8))
                        .build())
                .rule(Rule.errno(38, "clone3", "uname"))
                .rule(Rule.errno(1, "reboot"));
        assertEquals("""
                // For x86_64: nsjail --seccomp_policy THIS-FILE ...
                // Calls without a number there are left out: no_such_call
                #define clone 56
                #define clone3 435
                #define personality 135
                #define read 0
                #define uname 63
                #define write 1

                POLICY app_policy {
                	ALLOW {
                		SYSCALL[156](a0, a1, a2) { (a2 & 0x7e020000) == 0x7e020000 && a0 != 0x100000002 },
                		clone(a0, a1, a2) { (a2 & 0x7e020000) == 0x7e020000 && a0 != 0x100000002 },
                		read, write,
                		personality(a0) { a0 == 1 },
                		personality(a0) { a0 >= 8 }
                	},
                	ERRNO(38) {
                		clone3, uname
                	}
                }

                USE app_policy DEFAULT ERRNO(1)
                """, written(profile));
    }

    /** What is derived of real programs, at the borders of its conditions. */
    @ParameterizedTest
    @ValueSource(strings = {"curl", "git", "java", "nginx", "redis"})
    void policiesOfProgramsDecideAsTheirProfiles(String program) throws IOException {
        String file = "generated/" + program + "/profile.json";
        Profile profile =
                Formats.read(file, Files.readAllBytes(Path.of(file))).profile().only(Arch.X86_64);
        KafelPolicy policy = new KafelPolicy(written(profile.toBuilder()));
        List<SeccompData> calls = new ArrayList<>();
        for (int number = 0; number < CALLS; number++) {
            calls.add(SeccompData.of(Arch.X86_64, number));
        }
        for (Rule rule : profile.rules()) {
            rule.conditions().forEach(condition -> calls.addAll(borders(rule, condition)));
        }
        assertTrue(calls.size() > CALLS);
        for (SeccompData call : calls) {
            assertEquals(profile.decide(call), policy.decide(Arch.X86_64, call), call::toString);
        }
    }

    private static List<SeccompData> borders(Rule rule, Condition condition) {
        List<SeccompData> calls = new ArrayList<>();
        for (String name : rule.names()) {
            int number = SyscallTable.of(Arch.X86_64).number(name).orElseThrow();
            for (long value : List.of(condition.value(), condition.value() + 1, condition.value() | HIGH)) {
                long[] arguments = new long[Condition.ARGUMENTS];
                arguments[condition.index()] = value;
                calls.add(SeccompData.of(Arch.X86_64, number, arguments));
            }
        }
        return calls;
    }

    @Test
    void aPolicyMayBeEmpty() {
        assertEquals("""
                // For riscv64: nsjail --seccomp_policy THIS-FILE ...

                POLICY app_policy {
                }

                USE app_policy DEFAULT KILL
                """, written(Profile.builder(Action.KILL_THREAD).architectures(Arch.RISCV64)));
    }

    @Test
    void whatItCannotSayIsRefused() {
        String one =
                "is for the calls of x86_64 or of x86 or of aarch64 or of arm or of riscv64 alone, and the profile lists ";
        assertRefused(
                one + "x86_64, x86; convert --arch and generate --target write one of them",
                denying().architectures(Arch.X86));
        assertRefused(one + "s390x", Profile.builder(Action.ERRNO).architectures(Arch.S390X));
        assertRefused(
                "has no word for the calls of x32, which a default of SCMP_ACT_ALLOW would permit on x86_64; use bpf, whose"
                        + " filter ends them",
                Profile.builder(Action.ALLOW).architectures(Arch.X86_64));
        assertRefused("has no flags and no listener; use oci", denying().flag(Flag.LOG));
    }

    private static void assertRefused(String message, Profile.Builder profile) {
        RefusalException refusal = assertThrows(RefusalException.class, () -> KafelFormat.KAFEL.write(profile.build()));
        assertEquals("format 'kafel' " + message, refusal.diagnostic().message());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALLOW", "define", "7zip", "my.app-2"})
    void namesAreIdentifiers(String name) {
        byte[] policy =
                KafelFormat.KAFEL.with(new Settings(name)).write(denying().build());
        String text = new String(policy, StandardCharsets.UTF_8);
        assertDoesNotThrow(() -> new KafelPolicy(text), text);
        assertTrue(text.contains("_policy {"), text);
    }

    /** The checker is strict, or a test with it would show nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POLICY p { ALLOW { read } } USE p DEFAULT KILL",
                "#define read 0\nPOLICY p { ALLOW { read, } } USE p DEFAULT KILL",
                "#define read 0\nPOLICY p { ALLOW { read }, } USE p DEFAULT KILL",
                "#define read 0\nPOLICY p { ALLOW { read { a0 == 1 } } } USE p DEFAULT KILL",
                "#define read 0\nPOLICY p { ALLOW { read(a0) { a0 = 1 } } } USE p DEFAULT KILL",
                "#define _read 0\nPOLICY p { } USE p DEFAULT KILL",
                "#define read 0\n#define read 1\nPOLICY p { } USE p DEFAULT KILL",
                "POLICY ALLOW { } USE ALLOW DEFAULT KILL",
                "POLICY p { } USE q DEFAULT KILL",
                "POLICY p { } USE p DEFAULT ERRNO(EPERM)",
                "POLICY p { } USE p DEFAULT KILL # more",
            })
    void theCheckerRefusesOtherText(String text) {
        assertThrows(IllegalArgumentException.class, () -> new KafelPolicy(text));
    }
}
