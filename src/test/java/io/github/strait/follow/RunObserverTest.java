package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.evidence.Evidence;
import io.github.strait.observation.LineCounts;
import io.github.strait.observation.Proof;
import io.github.strait.observation.Run;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who makes which call: forks, threads, programs, and how tasks end. */
class RunObserverTest {
    private static final String SHELL = "1 execve(\"/bin/sh\", [\"sh\"], 0x7ffc00000000 /* 9 vars */) = 0";
    private static final String PROOF = "1 [   9] mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, 3, 0) = 0x7f0000000000";
    private static final String NARROW = "1 ugetrlimit(RLIMIT_STACK, 0xff00) = 0";

    private static Set<String> programs(Evidence evidence, String name) {
        return Observing.call(evidence, Arch.X86_64, name).programs();
    }

    private static Evidence read(String... lines) {
        return Observing.lines(lines);
    }

    @Test
    void theSecondHalfOfAnUnknownCallIsReportedToo() {
        Evidence evidence = read(PROOF, "1 <... newest_call resumed>) = 0", "2 <... ??? resumed>) = ?");
        assertEquals(new LineCounts(1, 1, 1), evidence.observation().lines());
        assertTrue(evidence.diagnostics().stream()
                .anyMatch(diagnostic -> diagnostic.message().contains("'newest_call' looks like a call")));
    }

    @Test
    void aSplitCallCountsOnceWithItsResult() {
        Evidence evidence = read(
                SHELL,
                PROOF,
                "1 read(3,  <unfinished ...>",
                "1 <... read resumed>\"\", 1) = 0",
                "1 read(3 <unfinished ...>",
                "1 <... read resumed>, 0x1, 1) = -1 EIO (Input/output error)");
        SyscallObservation read = Observing.call(evidence, Arch.X86_64, "read");
        assertEquals(2, read.count());
        assertEquals(1, read.succeeded());
        assertEquals(Map.of("EIO", 1L), read.errors());
        assertEquals(new SourcePosition("-", 3), read.first());
        assertEquals(new LineCounts(4, 2, 0), evidence.observation().lines());
    }

    @Test
    void aResumedLineWithoutABeginningIsACall() {
        Evidence evidence = read("1 <... poll resumed>) = 0 (Timeout)", PROOF);
        assertEquals(1, Observing.call(evidence, Arch.X86_64, "poll").count());
        assertEquals(1, evidence.observation().lines().calls());
    }

    @Test
    void aCallThatNeverReturnsIsACall() {
        Evidence evidence = read(
                SHELL,
                PROOF,
                "1 pause( <unfinished ...>",
                "1 +++ killed by SIGKILL +++",
                "2 read(3 <unfinished ...>",
                "2 write(1, \"\", 0) = 0",
                "2 futex(0x1, FUTEX_WAIT, 0, NULL) = ? ERESTARTSYS (To be restarted)",
                "2 read(3, <detached ...>",
                "2 getpid(");
        assertEquals(1, Observing.call(evidence, Arch.X86_64, "pause").unreturned());
        assertEquals(2, Observing.call(evidence, Arch.X86_64, "read").unreturned());
        assertEquals(1, Observing.call(evidence, Arch.X86_64, "futex").unreturned());
        assertEquals(1, Observing.call(evidence, Arch.X86_64, "getpid").unreturned());
    }

    @Test
    void whatNobodyCouldReadIsNoCall() {
        Evidence evidence = read(SHELL, PROOF, "1 ???( <unfinished ...>", "1 <... ??? resumed>) = ?", "1 ????() = ?");
        assertEquals(new LineCounts(2, 3, 0), evidence.observation().lines());
        assertEquals(2, Observing.counts(evidence).size());
    }

    @Test
    void aChildRunsItsParentsProgram() {
        Evidence evidence = read(
                SHELL,
                PROOF,
                "1 clone(child_stack=NULL, flags=SIGCHLD) = 2",
                "2 getpid() = 2",
                "2 execve(\"/bin/ls\", [\"ls\"], 0x55550000beef /* 9 vars */) = 0",
                "2 getuid() = 0",
                "1 getgid() = 0");
        assertEquals(Set.of("/bin/sh"), programs(evidence, "getpid"));
        assertEquals(Set.of("/bin/ls"), programs(evidence, "getuid"));
        assertEquals(Set.of("/bin/sh"), programs(evidence, "getgid"));
        assertEquals(Set.of("", "/bin/sh"), programs(evidence, "execve"));
    }

    @Test
    void aChildMayComeBeforeTheResultOfItsFork() {
        Evidence evidence = read(
                SHELL,
                PROOF,
                "1 vfork( <unfinished ...>",
                "2 getpid() = 2",
                "2 execve(\"/bin/ls\", [\"ls\"], 0x7ffc00000000 /* 9 vars */ <unfinished ...>",
                "1 <... vfork resumed>) = 2",
                "2 <... execve resumed>) = 0",
                "2 getuid() = 0");
        assertEquals(Set.of("/bin/sh"), programs(evidence, "getpid"));
        assertEquals(Set.of("/bin/ls"), programs(evidence, "getuid"));
    }

    /** The parent's pid namespace numbers the child otherwise than strace's. */
    @Test
    void aPendingForkNeedsNoNumber() {
        Evidence evidence = read(
                SHELL,
                PROOF,
                "1 vfork( <unfinished ...>",
                "2396 getpid() = 2",
                "1 <... vfork resumed>) = 2",
                "2396 getuid() = 0");
        assertEquals(Set.of("/bin/sh"), programs(evidence, "getpid"));
        assertEquals(Set.of("/bin/sh"), programs(evidence, "getuid"));
    }

    @Test
    void inANamespaceTheNextTaskIsTheChild() {
        Evidence evidence = read(
                "2395 execve(\"/bin/sh\", [\"sh\"], 0x7ffc00000000 /* 9 vars */) = 0",
                "2395 [ 218] set_tid_address(0x7f0000000a10) = 1",
                "2395 clone(child_stack=NULL, flags=SIGCHLD) = 2",
                "2396 getpid() = 2",
                "2396 exit_group(0) = ?",
                "2396 +++ exited with 0 +++");
        assertEquals(Set.of("/bin/sh"), programs(evidence, "getpid"));
        assertEquals(Proof.PROVEN, Observing.proof(evidence, Arch.X86_64));
    }

    @Test
    void childrenInheritTheAbiOfTheMomentOfTheFork() {
        Evidence evidence = read(
                "1 execve(\"/bin/p32\", [\"p32\"], 0x7ffc00000000 /* 9 vars */) = 0",
                NARROW,
                "1 clone(child_stack=NULL, flags=SIGCHLD) = 2",
                "1 execve(\"/bin/p64\", [\"p64\"], 0xffff0000 /* 9 vars */) = 0",
                PROOF,
                "2 getpid() = 2",
                "1 getuid() = 0");
        assertEquals(1, Observing.call(evidence, Arch.X86, "getpid").count());
        assertEquals(1, Observing.call(evidence, Arch.X86_64, "getuid").count());
        assertEquals(
                Set.of("/bin/p32"), Observing.call(evidence, Arch.X86, "getpid").programs());
    }

    @Test
    void threadsShareWhatOneOfThemProves() {
        Evidence evidence = read(
                SHELL, "1 clone3({flags=CLONE_VM|CLONE_THREAD} => {parent_tid=[2]}, 88) = 2", "2 getpid() = 1", PROOF);
        assertEquals(Proof.PROVEN, Observing.proof(evidence, Arch.X86_64));
    }

    @Test
    void aThreadExecutesAProgram() {
        Evidence evidence = read(
                SHELL,
                PROOF,
                "1 clone(child_stack=0x1, flags=CLONE_VM|CLONE_THREAD) = 2",
                "1 pause( <unfinished ...>",
                "2 execve(\"/bin/p32\", [\"p32\"], 0x7ffc00000000 /* 9 vars */ <unfinished ...>",
                "1 <... pause resumed>) = ?",
                "1 +++ superseded by execve in pid 2 +++",
                "1 <... execve resumed>) = 0",
                NARROW,
                "1 getpid() = 1",
                "1 exit_group(0) = ?",
                "1 +++ exited with 0 +++");
        assertEquals(
                Set.of("/bin/p32"), Observing.call(evidence, Arch.X86, "getpid").programs());
        SyscallObservation execve = Observing.call(evidence, Arch.X86_64, "execve");
        assertEquals(2, execve.succeeded());
        assertEquals(2, execve.count());
        assertEquals(1, Observing.call(evidence, Arch.X86_64, "pause").unreturned());
        assertEquals(1, evidence.observation().runs().size());
    }

    /** {@code -qqq} hides that the leader was superseded. */
    @Test
    void aThreadExecutesAProgramWithoutAWord() {
        Evidence evidence = read(
                SHELL,
                PROOF,
                "1 clone(child_stack=0x1, flags=CLONE_VM|CLONE_THREAD) = 2",
                "2 execve(\"/bin/p32\", [\"p32\"], 0x7ffc00000000 /* 9 vars */ <unfinished ...>",
                "1 <... execve resumed>) = 0",
                NARROW,
                "1 getpid() = 1");
        assertEquals(
                Set.of("/bin/p32"), Observing.call(evidence, Arch.X86, "getpid").programs());
        assertEquals(2, Observing.call(evidence, Arch.X86_64, "execve").count());
    }

    @Test
    void aPidMayBeUsedAgain() {
        Evidence evidence = read(
                SHELL,
                PROOF,
                "1 fork() = 2",
                "2 execve(\"/bin/p32\", [\"p\"], 0x1 /* 9 vars */) = 0",
                NARROW.replace("1 ", "2 "),
                "2 exit_group(0) = ?",
                "2 +++ exited with 0 +++",
                "1 fork() = 2",
                "2 getpid() = 2",
                "2 exit_group(0) = ?",
                "2 +++ exited with 0 +++");
        assertEquals(Set.of("/bin/sh"), programs(evidence, "getpid"));
    }

    /** With {@code -qq} no line says that a task has ended, except its last call. */
    @Test
    void aPidMayBeUsedAgainWithoutExitLines() {
        Evidence evidence = read(
                SHELL,
                PROOF,
                "1 fork() = 2",
                "2 execve(\"/bin/p32\", [\"p\"], 0x1 /* 9 vars */) = 0",
                NARROW.replace("1 ", "2 "),
                "2 exit_group(0) = ?",
                "1 fork() = 2",
                "2 getpid() = 2");
        assertEquals(Set.of("/bin/sh"), programs(evidence, "getpid"));
    }

    @Test
    void appendedRunsAreSeveral() {
        String end = "1 exit_group(0) = ?\n1 +++ exited with 0 +++";
        Evidence evidence = read(SHELL, PROOF, end, SHELL, PROOF, end, SHELL.replace("1 ", "9 "), "9 exit(0) = ?");
        List<Run> runs = evidence.observation().runs();
        assertEquals(3, runs.size());
        assertEquals(
                List.of(3L, 3L, 2L),
                runs.stream().map(run -> run.lines().calls()).toList());
        assertEquals(3, evidence.observation().wholeRunsBySyscall(Arch.X86_64).get("execve"));
        assertEquals(2, evidence.observation().wholeRunsBySyscall(Arch.X86_64).get("mmap"));
    }

    @Test
    void aSecondExecveIsNoSecondRun() {
        Evidence evidence = read(SHELL, PROOF, SHELL, "1 exit_group(0) = ?");
        assertEquals(1, evidence.observation().runs().size());
    }

    @Test
    void aNameOfNoTableIsReportedAndCountedAsNotUnderstood() {
        Evidence evidence = read(SHELL, PROOF, "1 frobnicate(1) = 0", "1 frobnicate(2) = 0");
        assertEquals(new LineCounts(2, 0, 2), evidence.observation().lines());
        assertEquals(List.of("unknown-name"), Observing.codes(evidence));
        assertEquals(
                List.of(new SourcePosition("-", 3), new SourcePosition("-", 4)),
                evidence.observation().runs().get(0).unparsedAt());
    }

    @Test
    void anUnknownNumberIsACall() {
        Evidence evidence = read(
                PROOF,
                "1 [ 999] syscall_0x3e7(0x1, 0x2) = -1 ENOSYS (Function not implemented)",
                "1 [   0] read(3, 0x1, 1) = 0",
                "1 syscall_0x3e8(0x1) = -1 (errno 38)");
        assertEquals(
                Map.of("ENOSYS", 1L),
                Observing.call(evidence, Arch.X86_64, "syscall_999").errors());
        assertEquals(
                Map.of("38", 1L),
                Observing.call(evidence, Arch.X86_64, "syscall_1000").errors());
    }
}
