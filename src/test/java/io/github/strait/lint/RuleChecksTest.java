package io.github.strait.lint;

import static io.github.strait.lint.Sample.allow;
import static io.github.strait.lint.Sample.condition;
import static io.github.strait.lint.Sample.denying;
import static io.github.strait.lint.Sample.masked;
import static io.github.strait.lint.Sample.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.Severity;
import io.github.strait.syscall.Libseccomp;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks that hold rules against one another, and names against the tables. */
class RuleChecksTest {
    private static final String ONE = condition(0, "EQ", "1");
    private static final String TWO = condition(0, "EQ", "2");

    @Test
    void equalConditionsWithOtherActionsContradict() {
        Finding finding = denying(allow("socket bind", ONE), rule("LOG", "socket", ONE))
                .finding("contradicting-conditions", Severity.ERROR, 5, 1);
        assertEquals(List.of("socket"), finding.syscalls());
        assertTrue(finding.explanation().startsWith("the conditions of rule 0 (line 4) on 'socket'"));
        denying(allow("socket", ONE), rule("LOG", "socket", TWO)).passes("contradicting-conditions");
        denying(allow("socket", ONE), allow("socket", ONE)).passes("contradicting-conditions");
        denying(rule("TRAP", "socket"), allow("socket", ONE), rule("LOG", "socket", ONE))
                .passes("contradicting-conditions");
        denying(allow("socket", ONE), rule("LOG", "socket", ONE), rule("TRAP", "socket"))
                .finding("contradicting-conditions", Severity.ERROR, 5, 1);
    }

    @Test
    void splitConditionsContradictOneByOne() {
        denying(allow("socket", ONE, TWO), rule("LOG", "socket", TWO))
                .finding("contradicting-conditions", Severity.ERROR, 5, 1);
        denying(rule("LOG", "socket", ONE), allow("socket", ONE, condition(1, "EQ", "2")))
                .passes("contradicting-conditions");
        denying(allow("socket", ONE, condition(1, "EQ", "2")), rule("LOG", "socket", ONE))
                .finding("contradicting-conditions", Severity.ERROR, 5, 1);
    }

    @Test
    void overlapsDependOnTheOrder() {
        Finding finding = denying(
                        allow("socket", condition(0, "LE", "5")), rule("LOG", "socket", condition(0, "GE", "5")))
                .finding("order-dependent", Severity.WARNING, 5, 1);
        assertTrue(finding.explanation().contains("rule 0 (line 4)"), finding.explanation());
        assertEquals("make the conditions exclude each other", finding.remediation());
        denying(allow("socket", condition(0, "LT", "5")), rule("LOG", "socket", condition(0, "GE", "5")))
                .passes("order-dependent");
        denying(allow("socket", condition(0, "LE", "5")), allow("socket", condition(0, "GE", "5")))
                .passes("order-dependent");
    }

    @Test
    void aRuleWithoutConditionsBeatsADenial() {
        Finding finding = denying(rule("KILL_PROCESS", "socket", ONE), allow("bind socket"))
                .finding("shadowed-rule", Severity.ERROR, 4, 0);
        assertEquals(List.of("socket"), finding.syscalls());
        assertEquals("take it out of rule 1 (line 5)", finding.remediation());
        assertTrue(finding.explanation().endsWith(": calls meant to be denied are allowed"), finding.explanation());
    }

    @Test
    void theSameActionTwiceIsOnlyRedundant() {
        Finding same = denying(allow("socket"), allow("socket", ONE)).finding("shadowed-rule", Severity.NOTE, 5, 1);
        assertEquals("remove one of the two", same.remediation());
        Finding later = denying(allow("bind"), rule("LOG", "bind")).finding("shadowed-rule", Severity.WARNING, 5, 1);
        assertTrue(later.explanation().contains("the first counts, and rule 0 (line 4) comes first"));
        denying(allow("bind"), rule("LOG", "listen")).passes("shadowed-rule");
    }

    @Test
    void aMaskThatLooksAtNoBitIsNoCondition() {
        denying(allow("socket", masked(0, "0", "0")), rule("KILL_PROCESS", "socket", ONE))
                .finding("shadowed-rule", Severity.ERROR, 5, 1);
        denying(allow("socket", masked(0, "1", "0")), rule("KILL_PROCESS", "socket", ONE))
                .passes("shadowed-rule");
    }

    @Test
    void namesTwiceAreNoted() {
        Finding within = denying(allow("read write read")).finding("duplicate-name", Severity.NOTE, 4, 0);
        assertEquals(List.of("read"), within.syscalls());
        assertEquals("'read' is listed twice, in the rule", within.explanation());
        Finding apart =
                denying(allow("read write"), allow("write read")).finding("duplicate-name", Severity.NOTE, 5, 1);
        assertEquals("'read' and 'write' are listed twice, here and in rule 0 (line 4)", apart.explanation());
        denying(allow("socket", ONE), allow("socket", TWO)).passes("duplicate-name");
        denying(allow("socket"), rule("LOG", "socket")).passes("duplicate-name");
    }

    @Test
    void aRuleThatRepeatsTheDefaultDeniesNothing() {
        Finding finding = denying(allow("socket"), rule("ERRNO", "socket", ONE))
                .finding("default-action-rule", Severity.ERROR, 5, 1);
        assertTrue(finding.explanation().contains("does not deny 'socket'"), finding.explanation());
        denying(allow("bind"), rule("ERRNO", "socket")).finding("default-action-rule", Severity.NOTE, 5, 1);
        String other = rule("ERRNO", "socket").replace("}", ", \"errnoRet\": 38}");
        denying(allow("bind"), other).passes("default-action-rule");
    }

    @Test
    void aRuleNamesSomething() {
        String none = "{\"names\": [], \"action\": \"SCMP_ACT_ALLOW\"}";
        Finding finding = denying(allow("read"), none).finding("empty-rule", Severity.WARNING, 5, 1);
        assertEquals(List.of(), finding.syscalls());
        denying(allow("read"), allow("write")).passes("empty-rule");
    }

    @ParameterizedTest
    @CsvSource({
        "opennat, write 'openat'",
        "0, write 'read'",
        "99999, remove it",
        "zzzzzzzzzzzz, remove it",
        "syscall_0x1b7, write 'faccessat2'",
        "syscall_439, write 'faccessat2'",
        "syscall_0x9999, remove it",
        "__NR_getpgrp, write 'getpgrp'",
        "SYS_read, write 'read'",
        "sys_nothingofthesort, remove it"
    })
    void unknownNamesAreGuessedWhereOneIsNear(String name, String fix) {
        Finding finding =
                denying(allow("read"), allow("write " + name)).finding("unknown-syscall", Severity.WARNING, 5, 1);
        assertEquals(List.of(name), finding.syscalls());
        assertEquals(fix, finding.remediation());
        assertEquals(Character.isDigit(name.charAt(0)), finding.explanation().endsWith("numbers are not read"));
    }

    @Test
    void anUnknownNameIsReportedOnceARule() {
        assertEquals(
                List.of(4, 5),
                denying(allow("nosuchthing nosuchthing"), allow("nosuchthing")).findings("unknown-syscall").stream()
                        .map(Finding::line)
                        .toList());
        denying(allow("read socketcall arm_fadvise64_64")).passes("unknown-syscall");
    }

    @Test
    void namesOfOtherMachinesDoNothing() {
        Finding one = denying(allow("read socketcall")).finding("foreign-syscall", Severity.NOTE, 4, 0);
        assertEquals(List.of("socketcall"), one.syscalls());
        assertTrue(one.remediation().startsWith("remove it,"), one.remediation());
        Finding two = denying(allow("read ipc socketcall")).finding("foreign-syscall", Severity.NOTE, 4, 0);
        assertTrue(two.explanation().startsWith("'ipc' and 'socketcall' exist on"), two.explanation());
        denying(allow("read socketcall")).on("X86_64", "X86").passes("foreign-syscall");
        denying(allow("read socketcall")).on().passes("foreign-syscall");
        denying(allow("nosuchthing")).passes("foreign-syscall");
    }

    @ParameterizedTest
    @CsvSource({
        "process_mrelease, 2.5.2, 2.5.3",
        "futex_waitv, 2.5.3, 2.5.4",
        "cachestat, 2.5.4, 2.5.5",
        "setxattrat, 2.5.5, 2.5.6"
    })
    void newCallsNeedANewLibrary(String name, String last, String first) {
        Sample sample = denying(allow("read"), allow(name));
        List<Finding> found =
                sample.findings("newer-than-libseccomp", Libseccomp.find(last).orElseThrow());
        assertEquals(1, found.size());
        assertEquals(5, found.get(0).line());
        assertEquals(Severity.WARNING, found.get(0).severity());
        assertEquals("it needs libseccomp " + first, found.get(0).remediation());
        assertEquals(
                "'" + name + "' is unknown to libseccomp " + last + " and denied there",
                found.get(0).explanation());
        assertEquals(
                List.of(),
                sample.findings("newer-than-libseccomp", Libseccomp.find(first).orElseThrow()));
    }

    @Test
    void newCallsThatAreDeniedAnywayAreNoted() {
        Finding denied =
                denying(rule("KILL_PROCESS", "futex_waitv")).finding("newer-than-libseccomp", Severity.NOTE, 4, 0);
        assertTrue(denied.explanation().endsWith("left to the default there"), denied.explanation());
        denying(rule("ERRNO", "futex_waitv")).by("ALLOW").finding("newer-than-libseccomp", Severity.NOTE, 4, 0);
        List<Finding> split =
                denying(allow("futex_waitv process_mrelease fchroot")).findings("newer-than-libseccomp");
        assertEquals(
                List.of(
                        "it needs a libseccomp newer than any released",
                        "it needs libseccomp 2.5.3",
                        "it needs libseccomp 2.5.4"),
                split.stream().map(Finding::remediation).sorted().toList());
    }

    @Test
    void riskyCallsAreWarnedOfWithTheirCapability() {
        Finding finding = denying(allow("read"), allow("mount")).finding("risky-call", Severity.WARNING, 5, 1);
        assertEquals("deny it, or see that the container lacks CAP_SYS_ADMIN", finding.remediation());
        assertTrue(finding.explanation().startsWith("'mount' is allowed (critical): "), finding.explanation());
        denying(allow("mount", condition(3, "EQ", "1"))).finding("risky-call", Severity.NOTE, 4, 0);
        denying(rule("KILL_PROCESS", "mount")).passes("risky-call");
        denying(allow("mount").replace("}", ", \"includes\": {\"caps\": [\"CAP_SYS_ADMIN\"]}}"))
                .passes("risky-call");
        denying(allow("mount")).by("ALLOW").passes("risky-call");
    }

    @Test
    void ringsPassByTheFilter() {
        Finding finding =
                denying(allow("io_uring_enter io_uring_setup read")).finding("io-uring", Severity.WARNING, 4, 0);
        assertEquals(List.of("io_uring_enter", "io_uring_setup"), finding.syscalls());
        assertTrue(finding.explanation().contains("are allowed"), finding.explanation());
        denying(rule("TRAP", "io_uring_setup")).passes("io-uring");
        denying(allow("io_uring_setup")).by("ALLOW").passes("io-uring");
    }

    @Test
    void tracersBeforeLinux48GoRoundTheFilter() {
        Finding old = denying(allow("ptrace")).finding("ptrace", Severity.WARNING, 4, 0);
        assertTrue(old.explanation().endsWith("before Linux 4.8 a tracer gets around the filter"), old.explanation());
        Finding recent = denying(allow("ptrace").replace("}", ", \"includes\": {\"minKernel\": \"4.8\"}}"))
                .finding("ptrace", Severity.WARNING, 4, 0);
        assertTrue(recent.explanation().endsWith("others of its user"), recent.explanation());
        denying(allow("kcmp").replace("}", ", \"includes\": {\"caps\": [\"CAP_SYS_PTRACE\"]}}"))
                .passes("ptrace");
    }

    @ParameterizedTest
    @CsvSource({"clone, NOTE, masked", "clone3, NOTE, ENOSYS", "unshare, WARNING, flags", "setns, WARNING, flags"})
    void namespacesAreOpenedByFourCalls(String name, Severity severity, String fix) {
        Finding finding = denying(allow("read " + name)).finding("namespaces", severity, 4, 0);
        assertEquals(List.of(name), finding.syscalls());
        assertTrue(finding.remediation().contains(fix), finding.remediation());
        denying(allow(name, masked(0, "2114060288", "0"))).passes("namespaces");
        denying(allow(name)).by("ALLOW").passes("namespaces");
    }

    @ParameterizedTest
    @ValueSource(strings = {"WAIT_KILLABLE_RECV=1.5.0", "TSYNC=1.2"})
    void flagsNeedALaterRunc(String pair) {
        String flag = "SECCOMP_FILTER_FLAG_" + pair.split("=")[0];
        String document = denying(allow("read"))
                .document()
                .replace("],\n\"syscalls\"", "],\n\"flags\": [\"" + flag + "\"], \"syscalls\"");
        List<Finding> found = Cases.lint(document).stream()
                .filter(finding -> finding.id().equals("runc-flags"))
                .toList();
        assertEquals(1, found.size(), document);
        assertEquals(3, found.get(0).line());
        assertTrue(found.get(0).explanation().startsWith(flag + " is refused by runc before " + pair.split("=")[1]));
        denying(allow("read")).passes("runc-flags");
    }
}
