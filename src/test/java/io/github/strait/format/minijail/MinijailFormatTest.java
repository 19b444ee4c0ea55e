package io.github.strait.format.minijail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Dialect;
import io.github.strait.format.Formats;
import io.github.strait.format.Settings;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MinijailFormatTest {
    private static final Path GOLDEN = Path.of("src/test/resources/io/github/strait/format/minijail");

    private static Profile.Builder small(Action byDefault) {
        return Profile.builder(byDefault)
                .architectures(Arch.X86_64)
                .rule(Rule.allow("read", "kill", "no_such_call", "socketcall"))
                .rule(Rule.builder(Action.ALLOW)
                        .name("socket")
                        .condition(Condition.of(0, Operator.EQ, 1))
                        .build())
                .rule(Rule.builder(Action.ALLOW)
                        .name("socket")
                        .condition(Condition.of(0, Operator.EQ, 2))
                        .condition(Condition.maskedEqual(1, 0xf, 1))
                        .build())
                .rule(Rule.builder(Action.ALLOW)
                        .name("unshare")
                        .condition(Condition.maskedEqual(0, 0x7e020000, 0))
                        .build())
                .rule(Rule.builder(Action.ALLOW)
                        .name("lseek")
                        .condition(Condition.of(1, Operator.EQ, 0x100000002L))
                        .build())
                .rule(Rule.errno(38, "clone3", "uname"))
                .rule(Rule.errno(4000, "mount"));
    }

    private static String written(Dialect dialect, Profile profile) {
        return new String(
                MinijailFormat.MINIJAIL.with(Settings.USUAL.spoken(dialect)).write(profile), StandardCharsets.UTF_8);
    }

    private static String refusal(Dialect dialect, Profile.Builder profile) {
        return assertThrows(RefusalException.class, () -> written(dialect, profile.build()))
                .getMessage();
    }

    @Test
    void thePoliciesAreAsBefore() throws IOException {
        assertGolden(
                "library.policy",
                written(Dialect.LIBMINIJAIL, small(Action.KILL_THREAD).build()));
        assertGolden(
                "compiler.policy",
                written(
                        Dialect.COMPILER,
                        small(Action.ERRNO)
                                .rule(Rule.builder(Action.ERRNO)
                                        .errnoRet(13)
                                        .name("prctl")
                                        .condition(Condition.of(0, Operator.GE, 5000))
                                        .build())
                                .rule(Rule.builder(Action.ALLOW)
                                        .name("prctl")
                                        .condition(Condition.of(1, Operator.NE, 0))
                                        .build())
                                .rule(Rule.builder(Action.LOG).name("ptrace").build())
                                .build()));
    }

    private static void assertGolden(String name, String text) throws IOException {
        if (Boolean.getBoolean("strait.regenerate")) {
            Files.writeString(GOLDEN.resolve(name), text);
        }
        assertEquals(Files.readString(GOLDEN.resolve(name)), text);
    }

    @ParameterizedTest
    @EnumSource(
            value = Action.class,
            names = {"KILL_THREAD", "KILL_PROCESS", "LOG"})
    void theHeadSaysHowTheLibraryIsStarted(Action byDefault) {
        String head = written(Dialect.LIBMINIJAIL, small(byDefault).build())
                .lines()
                .toList()
                .get(1);
        String option = byDefault == Action.LOG ? "-n -L -S" : byDefault == Action.KILL_PROCESS ? "-n -Y -S" : "-n -S";
        assertTrue(head.startsWith("# Start: minijail0 " + option + " FILE -- PROGRAM; calls without a line "), head);
    }

    @Test
    void theDefaultDecidesForTheDialect() {
        assertEquals(
                "format 'minijail' has no error as the default, and the profile has ERRNO 1; --dialect compiler has one,"
                        + " and strait generate --format minijail --default-action kill-process derives a profile that"
                        + " kills",
                refusal(Dialect.LIBMINIJAIL, small(Action.ERRNO)));
        assertEquals(
                "format 'minijail' kills or logs by default, and the profile says SCMP_ACT_TRAP; --dialect compiler has"
                        + " it",
                refusal(Dialect.LIBMINIJAIL, small(Action.TRAP)));
        assertEquals(
                "format 'minijail' kills or logs by default, and the profile says SCMP_ACT_ALLOW; a profile that lists"
                        + " what is allowed is the nearest",
                refusal(Dialect.LIBMINIJAIL, small(Action.ALLOW)));
        assertEquals(
                "format 'minijail' has no SCMP_ACT_LOG as the compiler's default; leave --dialect out, and start the"
                        + " program with minijail0 -L",
                refusal(Dialect.COMPILER, small(Action.LOG)));
        assertTrue(written(Dialect.COMPILER, small(Action.TRAP).build()).contains("\n@default trap\n"));
        assertTrue(written(
                        Dialect.COMPILER,
                        small(Action.ERRNO).defaultErrnoRet(38).build())
                .contains(" --default-action 'return ENOSYS' "));
    }

    @Test
    void whatTheLibraryCannotSayIsRefused() {
        assertEquals(
                "format 'minijail' has conditions for what is allowed alone, and the conditional rule for 'prctl' says"
                        + " ERRNO 13; --dialect compiler has it",
                refusal(
                        Dialect.LIBMINIJAIL,
                        small(Action.KILL_THREAD)
                                .rule(Rule.builder(Action.ERRNO)
                                        .errnoRet(13)
                                        .name("prctl")
                                        .condition(Condition.of(0, Operator.EQ, 1))
                                        .build())));
        assertEquals(
                "format 'minijail' allows a call or returns an error, and the rule for 'ptrace' says SCMP_ACT_LOG;"
                        + " --dialect compiler has it",
                refusal(
                        Dialect.LIBMINIJAIL,
                        small(Action.KILL_THREAD)
                                .rule(Rule.builder(Action.LOG).name("ptrace").build())));
        assertEquals(
                "format 'minijail' has no SCMP_ACT_TRACE, the action of the rule for 'ptrace'",
                refusal(
                        Dialect.COMPILER,
                        small(Action.ERRNO)
                                .rule(Rule.builder(Action.TRACE).name("ptrace").build())));
    }

    @Test
    void aPolicyIsForOneArchitecture() {
        assertEquals(
                "format 'minijail' is for one architecture, and the profile lists x86_64, x86; convert --arch and"
                        + " generate --target write one of them",
                refusal(Dialect.LIBMINIJAIL, small(Action.KILL_THREAD).architectures(Arch.X86)));
        assertEquals(
                "format 'minijail' is not for x32, which minijail is not built for; x86_64 is the nearest",
                refusal(Dialect.LIBMINIJAIL, Profile.builder(Action.KILL_THREAD).architectures(Arch.X32)));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0, X86_64, arg0 == 0",
        "-1, -1, X86_64, arg0 == 0xffffffffffffffff",
        "-1, -1, X86, arg0 == 0xffffffff",
        "4294967295, 5, X86, arg0 == 5",
        "255, 3, X86_64, arg0 in ~0xfc && arg0 & 0x1 && arg0 & 0x2",
        "3, 3, X86_64, arg0 & 0x1 && arg0 & 0x2",
        "255, 256, X86_64, arg0 in ~0xff",
        "-4294967296, 4294967296, X86_64, arg0 in ~0xfffffffe00000000 && arg0 & 0x100000000",
    })
    void aMaskIsAConjunction(long mask, long value, Arch abi, String expression) {
        Profile profile = Profile.builder(Action.KILL_THREAD)
                .architectures(abi)
                .rule(Rule.builder(Action.ALLOW)
                        .name("personality")
                        .condition(Condition.maskedEqual(0, mask, value))
                        .build())
                .build();
        assertTrue(
                written(Dialect.LIBMINIJAIL, profile).endsWith("\npersonality: " + expression + "\n"),
                written(Dialect.LIBMINIJAIL, profile));
    }

    @Test
    void aMaskOfAllBitsButOneIsBounded() {
        String text = written(
                Dialect.LIBMINIJAIL,
                Profile.builder(Action.KILL_THREAD)
                        .architectures(Arch.X86_64)
                        .rule(Rule.builder(Action.ALLOW)
                                .name("personality")
                                .condition(Condition.maskedEqual(0, -2, -2))
                                .build())
                        .build());
        assertEquals(63, text.split(" & ", -1).length - 1);
    }

    @Test
    void newNamesAreSaid() {
        assertEquals(
                List.of(
                        "warning: a minijail that was built with older kernel headers refuses the whole policy for a name"
                                + " that they lack; newer than Linux 5.10 are fchmodat2, mseal [minijail-names]"),
                MinijailFormat.MINIJAIL
                        .cautions(Profile.builder(Action.KILL_THREAD)
                                .architectures(Arch.X86_64)
                                .rule(Rule.allow("read", "mseal", "fchmodat2", "clone3"))
                                .build())
                        .stream()
                        .map(warning -> warning.toString().replace("strait: ", ""))
                        .toList());
        assertEquals(
                0,
                MinijailFormat.MINIJAIL
                        .cautions(small(Action.KILL_THREAD).build())
                        .size());
    }

    @Test
    void theFormatIsListed() {
        assertEquals(MinijailFormat.MINIJAIL, Formats.parse("minijail"));
    }
}
