package io.github.strait.lint;

import static io.github.strait.lint.Sample.allow;
import static io.github.strait.lint.Sample.condition;
import static io.github.strait.lint.Sample.denying;
import static io.github.strait.lint.Sample.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks of defaults, of machines and of size. */
class WholeProfileChecksTest {
    private static final String ENDS = "exit exit_group rt_sigreturn restart_syscall";

    @ParameterizedTest
    @CsvSource({"ALLOW, ERROR", "LOG, WARNING"})
    void aDefaultThatLetsPassIsReported(String action, Severity severity) {
        Finding finding = denying(allow("read")).by(action).finding("default-allow", severity, 1, -1);
        assertTrue(finding.remediation().contains("SCMP_ACT_ERRNO"), finding.remediation());
        denying(allow("read")).by("TRACE").passes("default-allow");
    }

    @Test
    void onlyTheThreadsDeathIsNoted() {
        denying(allow("read")).by("KILL_THREAD").finding("kill-thread", Severity.NOTE, 1, -1);
        denying(allow("read")).by("KILL_PROCESS").passes("kill-thread");
    }

    @Test
    void somethingIsAllowed() {
        denying(rule("KILL_PROCESS", "read")).finding("empty-allowlist", Severity.ERROR, 1, -1);
        denying(rule("LOG", "read")).passes("empty-allowlist");
        denying(rule("KILL_PROCESS", "read")).by("LOG").passes("empty-allowlist");
    }

    @Test
    void execveIsNeededAndTheRuleThatDeniesItIsNamed() {
        assertEquals(
                "allow execve",
                denying(allow("read"))
                        .finding("missing-execve", Severity.ERROR, 1, -1)
                        .remediation());
        Finding denied =
                denying(allow("read"), rule("KILL_PROCESS", "execve")).finding("missing-execve", Severity.ERROR, 5, 1);
        assertEquals("take execve out of this rule", denied.remediation());
        denying(allow("execve")).passes("missing-execve");
        denying(allow("execve", condition(0, "NE", "0"))).passes("missing-execve");
        denying(allow("read")).by("ALLOW").passes("missing-execve");
    }

    @ParameterizedTest
    @CsvSource({"exit, WARNING", "exit_group, WARNING", "rt_sigreturn, WARNING", "restart_syscall, NOTE"})
    void everyProgramEndsAndReturnsFromHandlers(String name, Severity severity) {
        String others = ENDS.replaceFirst("\\b" + name + "\\b", "read");
        Finding finding = denying(allow(others)).finding("missing-exit", severity, 1, -1);
        assertEquals(List.of(name), finding.syscalls());
        assertTrue(finding.explanation().startsWith("'" + name + "' is denied"), finding.explanation());
        denying(allow(ENDS)).passes("missing-exit");
    }

    @ParameterizedTest
    @CsvSource({"X86_64, 38, EPERM, 89", "S390X, 38, EPERM, 89", "MIPS64, 89, EPERM, 38", "MIPSEL, 89, EPERM, 38"})
    void enosysHasTheNumberOfTheMachine(String arch, int enosys, String byDefault, int other) {
        Finding finding = denying(allow("clone")).on(arch).finding("needs-enosys", Severity.WARNING, 1, -1);
        assertTrue(finding.explanation().contains("answered with " + byDefault), finding.explanation());
        assertTrue(finding.remediation().contains("errnoRet " + enosys + " (ENOSYS)"), finding.remediation());
        String wrong = rule("ERRNO", "clone3").replace("}", ", \"errnoRet\": " + other + "}");
        Finding answered = denying(allow("clone"), wrong).on(arch).finding("needs-enosys", Severity.WARNING, 1, -1);
        assertTrue(!answered.explanation().contains("ENOSYS"), answered.explanation());
        denying(allow("clone"), wrong.replace("" + other, "" + enosys)).on(arch).passes("needs-enosys");
        for (String id : List.of("io-uring", "namespaces")) {
            Finding allowed = denying(allow("clone3 io_uring_setup"))
                    .on(arch)
                    .findings(id)
                    .get(0);
            assertTrue(allowed.remediation().contains("errnoRet " + enosys + " "), allowed.remediation());
        }
    }

    @ParameterizedTest
    @CsvSource({"clone3, clone, WARNING", "execveat, execve, NOTE", "statx, newfstatat, WARNING"})
    void fallbacksWantEnosys(String name, String other, Severity severity) {
        Finding finding = denying(allow(other)).finding("needs-enosys", severity, 1, -1);
        assertEquals(List.of(name), finding.syscalls());
        assertTrue(finding.explanation().startsWith("'" + name + "' is answered with EPERM"), finding.explanation());
        denying(allow(other + " " + name)).passes("needs-enosys");
        denying(allow("read")).passes("needs-enosys");
        String enosys = rule("ERRNO", name).replace("}", ", \"errnoRet\": 38}");
        denying(allow(other), enosys).passes("needs-enosys");
        Finding killed = denying(allow(other)).by("KILL_PROCESS").finding("needs-enosys", severity, 1, -1);
        assertTrue(killed.explanation().contains("answered with a signal"), killed.explanation());
    }

    @ParameterizedTest
    @ValueSource(strings = {"4096", "18446744073709551615"})
    void errorNumbersEndAt4094(String errno) {
        Finding finding =
                denying(allow("read"), answer("ERRNO", errno)).finding("misplaced-errno", Severity.ERROR, 5, 1);
        assertTrue(finding.explanation().startsWith("'errnoRet' " + errno + " is beyond"), finding.explanation());
        denying(answer("ERRNO", "4094")).passes("misplaced-errno");
        denying(answer("TRACE", "4094")).passes("misplaced-errno");
    }

    @Test
    void errorNumbersGoWithTwoActions() {
        Finding finding = denying(answer("ALLOW", "1")).finding("misplaced-errno", Severity.WARNING, 4, 0);
        assertTrue(finding.explanation().contains("SCMP_ACT_ALLOW"), finding.explanation());
        assertEquals("remove it", finding.remediation());
    }

    @Test
    void errorZeroIsALie() {
        Finding finding = denying(answer("ERRNO", "0")).finding("errno-zero", Severity.WARNING, 4, 0);
        assertTrue(finding.explanation().contains("'bind'"), finding.explanation());
        denying(answer("ERRNO", "1")).passes("errno-zero");
    }

    @Test
    void notificationsNeedAListener() {
        Finding finding = denying(rule("NOTIFY", "mount")).finding("notify-listener", Severity.ERROR, 4, 0);
        assertTrue(finding.remediation().contains("listenerPath"), finding.remediation());
        denying(allow("read")).by("NOTIFY").finding("notify-listener", Severity.ERROR, 1, -1);
        assertEquals(
                2, denying(rule("NOTIFY", "write")).findings("notify-listener").size());
        denying(rule("TRACE", "mount")).passes("notify-listener");
    }

    @Test
    void oneFilterHasOneByteOrder() {
        Finding finding = denying(allow("read"))
                .on("X86_64", "AARCH64", "S390X")
                .finding("mixed-byte-order", Severity.ERROR, 2, -1);
        assertTrue(finding.explanation().contains("SCMP_ARCH_S390X and SCMP_ARCH_X86_64"), finding.explanation());
        denying(allow("read")).on("X86_64", "AARCH64", "PPC64LE").passes("mixed-byte-order");
        denying(allow("read")).on("S390X", "S390", "PPC64").passes("mixed-byte-order");
    }

    @Test
    void companionsNeedCallsOfTheirOwn() {
        Finding finding =
                denying(allow("read")).on("X86_64", "X86").finding("needless-architecture", Severity.WARNING, 2, -1);
        assertTrue(finding.explanation().startsWith("SCMP_ARCH_X86 is listed"), finding.explanation());
        denying(allow("read socketcall")).on("X86_64", "X86").passes("needless-architecture");
        denying(allow("read")).on("X86").passes("needless-architecture");
        denying(allow("read socketcall")).on("X86_64", "X32").finding("needless-architecture", Severity.NOTE, 2, -1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RISCV64", "LOONGARCH64"})
    void youngMachinesStopOldRuntimes(String arch) {
        Finding finding =
                denying(allow("read")).on("X86_64", arch).finding("young-architecture", Severity.ERROR, 2, -1);
        assertTrue(finding.explanation().startsWith("SCMP_ARCH_" + arch), finding.explanation());
        denying(allow("read")).on(arch).finding("young-architecture", Severity.NOTE, 2, -1);
        denying(allow("read")).on("X86_64", "AARCH64").passes("young-architecture");
    }

    @Test
    void theFilterMayHave4096Instructions() {
        // 10 for the frame, 6 a rule with one condition on a 64-bit ABI, 1 a rule without: 10 + 681 * 6 = 4096
        denying(families(681, "")).passes("instruction-limit");
        Finding finding = denying(families(681, "read")).finding("instruction-limit", Severity.ERROR, 1, -1);
        assertTrue(finding.explanation().startsWith("the filter has about 4097 instructions"), finding.explanation());
        denying(families(681, "socketcall")).passes("instruction-limit");
        denying(families(400, "")).passes("instruction-limit");
        // 10 and 4 a rule more for a 32-bit ABI
        Finding both =
                denying(families(681, "")).on("X86_64", "X86").finding("instruction-limit", Severity.ERROR, 1, -1);
        assertTrue(both.explanation().contains("about 6830 "), both.explanation());
        denying(families(400, "")).on("X86_64", "X86").passes("instruction-limit");
    }

    private static String answer(String action, String errno) {
        return rule(action, "bind").replace("}", ", \"errnoRet\": " + errno + "}");
    }

    private static String[] families(int count, String more) {
        List<String> rules = new ArrayList<>(IntStream.range(0, count)
                .mapToObj(i -> allow("socket", condition(0, "EQ", String.valueOf(i))))
                .toList());
        if (!more.isEmpty()) {
            rules.add(allow(more));
        }
        return rules.toArray(new String[0]);
    }
}
