package io.github.strait.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.diagnostic.Severity;
import io.github.strait.format.oci.OciFormat;
import io.github.strait.profile.Action;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Libseccomp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Profiles of the kinds that people have: out of tutorials, Docker's own, generated ones. */
class KnownProfilesTest {
    @Test
    void tutorialThatAllowsByDefault() {
        assertEquals(
                List.of(
                        "2 error default-allow",
                        "3 note needless-architecture",
                        "5 note default-action-rule",
                        "6 error missing-execve"),
                summary(Cases.lint(Cases.text("tutorial/default-allow.json"))));
    }

    @Test
    void tutorialWithArchMapAndANameTwice() {
        assertEquals(
                List.of(
                        "2 error missing-execve",
                        "2 warning missing-exit",
                        "2 warning missing-exit",
                        "2 warning missing-exit",
                        "2 note missing-exit",
                        "3 note extended-key",
                        "4 note needless-architecture",
                        "8 note duplicate-name"),
                summary(Cases.lint(Cases.text("tutorial/archmap-duplicates.json"))));
    }

    @Test
    void tutorialOfAnotherShape() {
        assertEquals(
                List.of(
                        "3 error not-a-profile",
                        "4 error missing-execve",
                        "4 error unknown-action",
                        "4 warning missing-exit",
                        "4 warning missing-exit",
                        "4 warning missing-exit",
                        "4 note missing-exit",
                        "5 error misnamed-key",
                        "6 error misnamed-key",
                        "6 error unknown-action",
                        "6 warning unknown-key",
                        "6 warning unknown-syscall"),
                summary(Cases.lint(Cases.text("tutorial/nested-shape.json"))));
    }

    @Test
    void dockersOwnHasNoError() {
        TreeMap<String, Integer> counts = new TreeMap<>();
        for (Finding finding : Cases.lint(Cases.text("docker-like.json"), newest())) {
            assertTrue(finding.severity() != Severity.ERROR, finding.toString());
            counts.merge(finding.severity().label() + " " + finding.id(), 1, Integer::sum);
        }
        assertEquals(
                ImmutableSortedMap.<String, Integer>naturalOrder()
                        .put("note extended-key", 3)
                        .put("note needless-architecture", 1)
                        .put("note upper-half", 1)
                        .put("warning high-bits", 1)
                        .put("warning ptrace", 1)
                        .put("warning socketcall", 1)
                        .buildOrThrow(),
                counts);
    }

    @Test
    void aGeneratedAllowlistHasNothingAtWarningOrAbove() {
        Profile profile = Profile.builder(Action.ERRNO)
                .defaultErrnoRet(1)
                .architectures(Arch.X86_64)
                .rule(Rule.allow(
                        // what runc calls itself
                        "capget",
                        "capset",
                        "chdir",
                        "faccessat2",
                        "fstat",
                        "fstatfs",
                        "futex",
                        "getcwd",
                        "getdents64",
                        "getppid",
                        "openat2",
                        "prctl",
                        "setgid",
                        "setgroups",
                        "setuid",
                        "statx",
                        // and the program
                        "brk",
                        "clone",
                        "close",
                        "execve",
                        "exit",
                        "exit_group",
                        "mmap",
                        "newfstatat",
                        "openat",
                        "pread64",
                        "mprotect",
                        "arch_prctl",
                        "read",
                        "restart_syscall",
                        "rt_sigreturn",
                        "socket",
                        "syslog",
                        "write"))
                .rule(Rule.errno(38, "clone3", "execveat", "futex_waitv"))
                .build();
        String oci = new String(OciFormat.OCI.write(profile), StandardCharsets.UTF_8);
        assertEquals(
                List.of("note namespaces", "note newer-than-libseccomp", "note risky-call", "note wide-call"),
                Cases.lint(oci).stream()
                        .map(finding -> finding.severity().label() + " " + finding.id())
                        .sorted()
                        .toList());
    }

    @Test
    void aListOfNamesIsReadToo() {
        List<Finding> findings = Cases.lint("x86_64\tread\nx86_64\tmount\n");
        assertEquals(
                1,
                findings.stream()
                        .filter(one -> one.id().equals("missing-execve"))
                        .count());
        assertEquals(
                1,
                findings.stream().filter(one -> one.id().equals("risky-call")).count());
        assertTrue(findings.stream().allMatch(finding -> finding.line() == 0));
    }

    private static Libseccomp newest() {
        return Libseccomp.all().get(Libseccomp.all().size() - 1);
    }

    private static List<String> summary(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.line() + " " + finding.severity().label() + " " + finding.id())
                .toList();
    }
}
