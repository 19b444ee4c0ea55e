package io.github.strait.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.runtime.Start;
import io.github.strait.syscall.Libseccomp;
import io.github.strait.syscall.Syscalls;
import io.github.strait.syscall.TableResource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reviewed tables name calls that exist, once. */
class TablesTest {
    @Test
    void actsAreOfCallsThatExist() {
        Set<String> seen = new HashSet<>();
        for (List<String> row : TableResource.read(Lint.class, "acts.tsv").rows()) {
            assertEquals(3, row.size(), row::toString);
            assertTrue(TableResource.words(row.get(1)).size() > 1, row::toString);
            for (String name : TableResource.words(row.get(1))) {
                assertTrue(Syscalls.names().contains(name), name);
                assertTrue(seen.add(name), name + " is in two acts: a denial would be reported twice");
            }
            TableResource.words(row.get(2))
                    .forEach(name -> assertTrue(Syscalls.names().contains(name), name));
        }
    }

    /** What is denied of an act, and what it leaves open, whichever it is. */
    @ParameterizedTest
    @CsvSource({
        "chmod, fchmodat",
        "fchmodat, chmod",
        "nanosleep, clock_nanosleep",
        "mkdir, mkdirat",
        "fork, clone3",
        "clone, vfork",
        "mount, move_mount",
        "umount2, ",
        "chroot, pivot_root",
        "ptrace, process_vm_readv",
        "open, openat2",
        "openat, io_uring_setup",
        "kill, pidfd_send_signal",
        "unshare, setns",
        "socket, io_uring_setup",
        "rename, renameat2",
        "init_module, finit_module",
        "uname, ",
    })
    void aDenylistNamesWhatStaysOpen(String denied, String open) {
        for (String action : List.of("SCMP_ACT_ERRNO", "SCMP_ACT_KILL_PROCESS", "SCMP_ACT_TRAP")) {
            List<Finding> findings = Cases.lint("""
                    {"defaultAction": "SCMP_ACT_ALLOW", "architectures": ["SCMP_ARCH_X86_64"],
                     "syscalls": [{"names": ["%s"], "action": "%s"}]}
                    """.formatted(denied, action)).stream()
                    .filter(finding -> finding.id().equals("sibling-allowed"))
                    .toList();
            assertEquals(open == null ? 0 : 1, findings.size(), findings::toString);
            if (open != null) {
                assertTrue(findings.get(0).explanation().contains(open), findings::toString);
                assertEquals(List.of(denied), findings.get(0).syscalls());
            }
        }
    }

    /** The wording follows the runtime: runc has an answer of its own, crun has not. */
    @Test
    void theAnswerOfTheStubIsNamedForRuncAlone() {
        String document = """
                {"defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_X86_64"],
                 "syscalls": [{"names": ["clone", "rseq"], "action": "SCMP_ACT_ALLOW"}]}
                """;
        for (String runtime : List.of("docker", "runc@1.1", "crun", "podman")) {
            Start usual = Start.DEFAULT;
            List<String> lines = Cases.lines(
                    Cases.lint(
                            document,
                            Libseccomp.oldest(),
                            new Start(runtime, false, false, false, usual.capabilities(), usual.kernel())),
                    "needs-enosys");
            assertEquals(1, lines.size());
            assertEquals(
                    runtime.equals("docker") || runtime.startsWith("runc"),
                    lines.get(0).contains("runc puts ENOSYS before it as long as nothing newer than 'rseq' is named"),
                    lines.get(0));
        }
    }

    /** A rule for the capability counts when the container has it. */
    @Test
    void clocksThatMayBeSetInOneWidthOnly() {
        String document = """
                {"defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"],
                 "syscalls": [{"names": ["clock_settime"], "action": "SCMP_ACT_ALLOW",
                   "includes": {"caps": ["CAP_SYS_TIME"]}}]}
                """;
        Start usual = Start.DEFAULT;
        for (boolean mayBeSet : new boolean[] {false, true}) {
            List<Finding> findings = Cases.lint(
                    document,
                    Libseccomp.oldest(),
                    new Start(
                            "docker",
                            false,
                            false,
                            false,
                            mayBeSet ? ImmutableSortedSet.of("CAP_SYS_TIME") : usual.capabilities(),
                            usual.kernel()));
            assertEquals(
                    mayBeSet,
                    findings.stream().anyMatch(finding -> finding.syscalls().contains("clock_settime64")),
                    findings::toString);
        }
    }
}
