package io.github.strait.lint;

import static io.github.strait.lint.Sample.allow;
import static io.github.strait.lint.Sample.condition;
import static io.github.strait.lint.Sample.denying;
import static io.github.strait.lint.Sample.masked;
import static io.github.strait.lint.Sample.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.Severity;
import io.github.strait.profile.Action;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks that look at conditions, at the edges of what they say. */
class ConditionChecksTest {
    private static final String MOST = "18446744073709551615";
    private static final String EXECVE = allow("execve");

    @Test
    void aMaskOfNoBitMatchesEverything() {
        Finding finding = denying(EXECVE, allow("openat", masked(2, "0", "0"))).finding("mask", Severity.ERROR, 5, 1);
        assertTrue(finding.explanation().contains("matches every argument"), finding.explanation());
        assertTrue(finding.remediation().contains("'valueTwo'"), finding.remediation());
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "15, 16", "9223372036854775807, 9223372036854775808", "4294967295, 4294967296"})
    void bitsOutsideTheMaskAreIgnored(String mask, String value) {
        Finding finding = denying(allow("openat", masked(2, mask, value))).finding("mask", Severity.WARNING, 4, 0);
        assertTrue(finding.explanation().contains("leaves out"), finding.explanation());
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "9223372036854775808, 9223372036854775808", MOST + ", " + MOST, MOST + ", 0"})
    void bitsWithinTheMaskCount(String mask, String value) {
        denying(allow("openat", masked(2, mask, value))).passes("mask");
    }

    @Test
    void onlyMasksHaveASecondValue() {
        String second = "{\"index\": 0, \"value\": 1, \"valueTwo\": 2, \"op\": \"SCMP_CMP_NE\"}";
        Finding finding = denying(allow("socket", second)).finding("ignored-value-two", Severity.WARNING, 4, 0);
        assertTrue(finding.explanation().contains("SCMP_CMP_NE"), finding.explanation());
        denying(allow("socket", masked(0, "3", "2"))).passes("ignored-value-two");
        denying(allow("socket", second.replace("\"valueTwo\": 2", "\"valueTwo\": 0")))
                .passes("ignored-value-two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"6", "4294967296", MOST})
    void argumentsCountToFive(String index) {
        String far = "{\"index\": " + index + ", \"value\": 1, \"op\": \"SCMP_CMP_EQ\"}";
        Finding finding = denying(EXECVE, EXECVE, allow("mmap", far)).finding("bad-index", Severity.ERROR, 6, 2);
        assertTrue(finding.explanation().contains("'index' " + index + ":"), finding.explanation());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    void theFirstAndTheLastArgumentAreLegal(int index) {
        denying(allow("mmap", condition(index, "EQ", "1"))).passes("bad-index");
    }

    @Test
    void crunReadsSixConditions() {
        String[] seven = new String[7];
        for (int i = 0; i < 7; i++) {
            seven[i] = condition(i % 6, "EQ", String.valueOf(i));
        }
        Finding finding = denying(allow("mmap", seven)).finding("too-many-conditions", Severity.ERROR, 4, 0);
        assertTrue(finding.explanation().startsWith("7 conditions"), finding.explanation());
        String[] six = new String[6];
        System.arraycopy(seven, 0, six, 0, 6);
        denying(allow("mmap", six)).passes("too-many-conditions");
    }

    @Test
    void valuesOfOneArgumentAreAListAndRangesAreNot() {
        Finding list = denying(allow("socket", condition(0, "EQ", "1"), condition(0, "EQ", "2")))
                .finding("repeated-index", Severity.WARNING, 4, 0);
        assertEquals(List.of("socket"), list.syscalls());
        assertEquals("write a rule for each value", list.remediation());
        Finding range = denying(allow("socket", condition(0, "GE", "1"), condition(0, "LE", "2")))
                .finding("repeated-index", Severity.ERROR, 4, 0);
        assertTrue(range.explanation().contains("matches everything"), range.explanation());
        denying(allow("socket", condition(0, "EQ", "1"), condition(0, "EQ", "2"), condition(1, "EQ", "2")))
                .finding("repeated-index", Severity.ERROR, 4, 0);
        denying(allow("socket", condition(0, "EQ", "1"), condition(1, "EQ", "1")))
                .passes("repeated-index");
    }

    @ParameterizedTest
    @CsvSource({"NE, 9", "GE, 8", "GT, 9"})
    void highBitsMeetWhatIsOpenAbove(String operator, int number) {
        Finding finding = denying(EXECVE, allow("kill", condition(1, operator, "9")))
                .finding("high-bits", Severity.WARNING, 5, 1);
        assertEquals(List.of("kill"), finding.syscalls());
        assertTrue(finding.explanation().contains("'arg1 " + operator + " 9'"), finding.explanation());
        String slip = "denies kill(0, 0x" + number + ") and allows kill(0, 0x10000000" + number + "), ";
        assertTrue(finding.explanation().contains(slip), finding.explanation());
        denying(allow("lseek", condition(1, operator, "9"))).passes("high-bits");
        denying(allow("kill", condition(1, operator, "9"))).on("X86").passes("high-bits");
        denying(allow("kill", condition(1, operator, "9"))).on("X86", "X32").passes("high-bits");
    }

    @ParameterizedTest
    @CsvSource({"EQ, 5412", "LT, 5411", "LE, 5412"})
    void highBitsEscapeADenialThatIsClosedAbove(String operator, String number) {
        Finding finding = denying(rule("ERRNO", "ioctl", condition(1, operator, "21522")))
                .by("ALLOW")
                .finding("high-bits", Severity.ERROR, 4, 0);
        String slip = "denies ioctl(0, 0x" + number + ") and allows ioctl(0, 0x10000" + number + "), ";
        assertTrue(finding.explanation().contains(slip), finding.explanation());
        assertTrue(finding.remediation().contains("0xffffffff"), finding.remediation());
        denying(allow("ioctl", condition(1, operator, "21522"))).passes("high-bits");
    }

    @Test
    void aMaskOfTheLowHalfSeesNoHighBits() {
        denying(rule("ERRNO", "ioctl", masked(1, "4294967295", "21522")))
                .by("ALLOW")
                .passes("high-bits");
        denying(rule("ERRNO", "ioctl", masked(1, "8589934591", "21522")))
                .by("ALLOW")
                .finding("high-bits", Severity.ERROR, 4, 0);
        denying(allow("ioctl", masked(1, MOST, "21522"))).passes("high-bits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4294967196", "18446744073709551516"})
    void eitherFormOfANegativeIsHalfOfIt(String value) {
        Finding finding =
                denying(allow("openat", condition(0, "EQ", value))).finding("sign-extension", Severity.WARNING, 4, 0);
        assertTrue(finding.remediation().endsWith("valueTwo 4294967196"), finding.remediation());
        assertTrue(finding.explanation().contains("'openat'"), finding.explanation());
        denying(allow("openat", condition(0, "EQ", value))).on("X86").passes("sign-extension");
        denying(rule("ERRNO", "openat", condition(0, "EQ", value))).by("ALLOW").passes("sign-extension");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483647", "8589934492", "9223372036854775808", "0"})
    void otherNumbersAreNoNegativeInts(String value) {
        denying(allow("openat", condition(0, "EQ", value))).passes("sign-extension");
    }

    @Test
    void bothFormsTogetherAreWhole() {
        denying(
                        allow("openat", condition(0, "EQ", "4294967196")),
                        allow("openat", condition(0, "EQ", "18446744073709551516")))
                .passes("sign-extension");
        List<Finding> others = denying(
                        allow("openat", condition(0, "EQ", "4294967196")), allow("openat", condition(0, "EQ", MOST)))
                .findings("sign-extension");
        assertEquals(List.of(4, 5), others.stream().map(Finding::line).toList());
    }

    @Test
    void boundsOnBothSidesOfTheWordAreCompiledWrong() {
        Finding finding = denying(
                        allow("lseek", condition(1, "LT", "4294967295")),
                        allow("lseek", condition(1, "GT", "4294967296")))
                .finding("range-conditions", Severity.WARNING, 5, 1);
        assertTrue(finding.explanation().contains("both sides of 2^32"), finding.explanation());
        denying(allow("lseek", condition(1, "LT", "1")), allow("lseek", condition(1, "GT", "4294967295")))
                .passes("range-conditions");
        denying(allow("lseek", condition(1, "GT", "4294967296"))).passes("range-conditions");
    }

    @Test
    void rangesOfSeveralArgumentsAreCompiledWrong() {
        Rule pair = Rule.builder(Action.ALLOW)
                .name("lseek")
                .condition(Condition.of(1, Operator.GE, 4))
                .condition(Condition.of(2, Operator.EQ, 0))
                .build();
        Rule value = Rule.builder(Action.ALLOW)
                .name("lseek")
                .condition(Condition.of(2, Operator.EQ, 1))
                .build();
        Profile.Builder alone =
                Profile.builder(Action.ERRNO).architectures(Arch.X86_64).rule(pair);
        assertEquals(List.of(), Sample.findings("range-conditions", alone.build()));
        List<Finding> both =
                Sample.findings("range-conditions", alone.rule(value).build());
        assertEquals(1, both.size());
        assertTrue(both.get(0).explanation().startsWith("the 2 rules on 'lseek' use ranges or NE on several"));
        assertEquals(1, both.get(0).rule().orElse(-1));
    }

    @Test
    void overlapComparesWithoutASign() {
        Condition high = Condition.of(0, Operator.GE, -1L);
        Condition low = Condition.of(0, Operator.LT, -1L);
        assertFalse(Overlap.isPossible(Set.of(low), Set.of(high)));
        assertTrue(Overlap.isPossible(Set.of(Condition.of(0, Operator.LE, -1L)), Set.of(high)));
        assertTrue(Overlap.isPossible(Set.of(Condition.of(1, Operator.LT, -1L)), Set.of(high)));
        assertFalse(Overlap.isPossible(Set.of(Condition.of(0, Operator.EQ, 5)), Set.of(high)));
        assertFalse(Overlap.isPossible(Set.of(Condition.maskedEqual(0, 6, 2)), Set.of(Condition.maskedEqual(0, 3, 1))));
        assertTrue(Overlap.isPossible(Set.of(Condition.maskedEqual(0, 6, 2)), Set.of(Condition.maskedEqual(0, 3, 3))));
        assertFalse(
                Overlap.isPossible(Set.of(Condition.maskedEqual(0, 1, 1)), Set.of(Condition.of(0, Operator.EQ, 4))));
        assertTrue(Overlap.isPossible(Set.of(), Set.of(high)));
    }

    @Test
    void socketcallGoesRoundConditionsOnSocket() {
        Sample families = denying(EXECVE, allow("socket", condition(0, "EQ", "1")));
        Finding finding = families.on("X86_64", "X86").finding("socketcall", Severity.WARNING, 5, 1);
        assertTrue(finding.explanation().contains("programs of SCMP_ARCH_X86,"), finding.explanation());
        assertTrue(finding.explanation().endsWith("libseccomp adds rules that allow it"), finding.explanation());
        families.on("X86_64", "AARCH64").passes("socketcall");
        denying(allow("socket")).on("X86_64", "X86").passes("socketcall");
        Finding named = denying(allow("socketcall"), allow("socket", condition(0, "EQ", "1")))
                .on("X86")
                .finding("socketcall", Severity.WARNING, 5, 1);
        assertTrue(named.explanation().endsWith("the profile allows it"), named.explanation());
    }
}
