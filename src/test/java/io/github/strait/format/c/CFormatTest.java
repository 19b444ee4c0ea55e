package io.github.strait.format.c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.bpf.Emulator;
import io.github.strait.bpf.Frequencies;
import io.github.strait.bpf.Layout;
import io.github.strait.bpf.Program;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.PerAbiFormat;
import io.github.strait.format.Settings;
import io.github.strait.profile.AbiProfiles;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Flag;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The header's text. CSourceIT compiles it. */
class CFormatTest {
    private static Profile.Builder small(Arch... abis) {
        return Profile.builder(Action.ERRNO)
                .architectures(abis)
                .rule(Rule.allow("read", "write"))
                .rule(Rule.builder(Action.ALLOW)
                        .name("lseek")
                        .condition(Condition.of(1, Operator.EQ, 0x100000002L))
                        .build())
                .rule(Rule.errno(38, "clone3"));
    }

    private static String written(Profile.Builder profile) {
        return new String(CFormat.C.write(profile.build()), StandardCharsets.UTF_8);
    }

    @Test
    void theHeaderOfTwoMachinesIsAsBefore() throws Exception {
        Profile.Builder profile = small(Arch.X86_64, Arch.X86, Arch.S390X)
                .flag(Flag.TSYNC)
                .flag(Flag.LOG)
                .flag(Flag.SPEC_ALLOW);
        GoldenSource.assertSame("two-machines.h", written(profile));
    }

    /** Each array is the filter of its machine, whatever the byte order; the profile of the machine decides. */
    @ParameterizedTest
    @EnumSource
    void theFilterOfEveryMachineDecidesAsTheProfile(Arch abi) {
        Profile profile = small(abi, Arch.X86_64, Arch.S390X).build();
        ImmutableMap<String, Program> filters = CArrays.of(written(profile.toBuilder()));
        assertEquals(
                List.of(Arch.X86_64, Arch.S390X, abi).stream()
                        .map(Arch::nativeArch)
                        .distinct()
                        .count(),
                filters.size());
        Program program = filters.entrySet().stream()
                .filter(filter -> List.of(filter.getKey().split(", ")).contains(abi.label()))
                .findFirst()
                .orElseThrow()
                .getValue();
        for (long offset : new long[] {2, 0x100000002L, 0x200000002L}) {
            for (int number = 0; number < 500; number++) {
                SeccompData call = SeccompData.of(abi, number, 0, offset);
                assertEquals(profile.decide(call), Emulator.run(program, call).decision(), call::toString);
            }
        }
    }

    /** Evidence has rules for each ABI, and one kernel runs both: one filter has both. */
    @Test
    void abisOfOneMachineKeepTheirOwnRules() {
        Profile read = Profile.builder(Action.ERRNO).rule(Rule.allow("read")).build();
        Profile write = Profile.builder(Action.ERRNO).rule(Rule.allow("write")).build();
        byte[] header = ((PerAbiFormat) CFormat.C)
                .write(
                        new AbiProfiles(ImmutableSortedMap.of(Arch.X86_64, read, Arch.X86, write)),
                        Layout.LINEAR,
                        Frequencies.UNKNOWN);
        Program program = CArrays.of(new String(header, StandardCharsets.UTF_8))
                .values()
                .asList()
                .get(0);
        List<Action> actions = new ArrayList<>();
        for (SeccompData call : List.of(
                SeccompData.of(Arch.X86_64, 0),
                SeccompData.of(Arch.X86_64, 1),
                SeccompData.of(Arch.X86, 3),
                SeccompData.of(Arch.X86, 4))) {
            actions.add(Emulator.run(program, call).decision().action());
        }
        assertEquals(List.of(Action.ALLOW, Action.ERRNO, Action.ERRNO, Action.ALLOW), actions);
    }

    @ParameterizedTest
    @CsvSource({
        "app, app_seccomp, APP_SECCOMP_H",
        "my.app-2, my_app_2_seccomp, MY_APP_2_SECCOMP_H",
        "int, int_seccomp, INT_SECCOMP_H",
        "7zip, app_7zip_seccomp, APP_7ZIP_SECCOMP_H",
        "a.-_b__, a_b_seccomp, A_B_SECCOMP_H",
        "E2, E2_seccomp, E2_SECCOMP_H",
    })
    void namesAreIdentifiers(String profile, String filter, String guard) {
        CName name = new CName(new Settings(profile).identifier());
        assertEquals(filter, name.filter());
        assertEquals(guard, name.guard());
        String header = new String(
                CFormat.C.with(new Settings(profile)).write(small(Arch.X86_64).build()), StandardCharsets.UTF_8);
        assertTrue(header.contains("static inline int " + filter + "_load(void)"), header);
        assertTrue(header.contains("#ifndef " + guard + "\n#define " + guard + "\n"), header);
    }

    @Test
    void whatNothingThereWouldAnswerIsRefused() {
        assertRefused(
                "has no SCMP_ACT_NOTIFY, the action of the rule for 'mount'",
                small(Arch.X86_64)
                        .rule(Rule.builder(Action.NOTIFY).name("mount").build()));
        assertRefused(
                "has no flag SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV",
                small(Arch.X86_64).flag(Flag.WAIT_KILLABLE_RECV));
        assertRefused("has a filter for each architecture, and the profile lists none", small());
    }

    private static void assertRefused(String message, Profile.Builder profile) {
        RefusalException refusal = assertThrows(RefusalException.class, () -> CFormat.C.write(profile.build()));
        assertEquals("format 'c' " + message, refusal.diagnostic().message());
    }
}
