package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.evidence.Evidence;
import io.github.strait.observation.Proof;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of each task: its ABI, how well that is known, and what proves it. */
class TaskNotesTest {
    private static List<String> notes(Evidence evidence) {
        return evidence.details().stream()
                .filter(note -> note.code().equals("task-abi"))
                .map(Diagnostic::toString)
                .map(note -> note.replaceFirst("note: ", "").replace(" [task-abi]", ""))
                .toList();
    }

    @Test
    void provenInheritedAndByTheMachine() {
        Evidence evidence = Observing.lines(
                "7 execve(\"/bin/sh\", [\"sh\"], 0x1234 /* 9 vars */) = 0",
                "7 [   9] mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, 3, 0) = 0x7f0000000000",
                "7 clone(child_stack=NULL, flags=SIGCHLD) = 8",
                "8 close(3) = 0",
                "8 execve(\"/bin/p32\", [\"p32\"], 0x7ffc00000000 /* 9 vars */) = 0",
                "8 ugetrlimit(RLIMIT_STACK, {rlim_cur=8192*1024, rlim_max=RLIM_INFINITY}) = 0",
                "8 exit_group(0) = ?",
                "7 exit_group(0) = ?");
        assertEquals(
                List.of(
                        "-:1: task 7 is x86_64: proven by being strace's own child, which is native to the machine",
                        "-:2: task 7 in /bin/sh is x86_64: proven by the name mmap of number 9 at line 2",
                        "-:4: task 8 in /bin/sh is x86_64: inherited, proven by the name mmap of number 9 at line 2 of"
                                + " task 7",
                        "-:6: task 8 in /bin/p32 is x86: proven by the name ugetrlimit at line 6 and by what other"
                                + " programs show of the machine"),
                notes(evidence));
    }

    @Test
    void assumedAndDeclared() {
        String trace = "7 getpid() = 7\n7 brk(NULL) = 0x555500000000\n";
        assertEquals(
                List.of("-:1: task 7 is x86_64: assumed, in accord with the address 0x555500000000 at line 2"),
                notes(Observing.text(trace)));
        assertEquals(
                List.of("-:1: task 7 is riscv64: declared with --arch, in accord with the address 0x555500000000 at"
                        + " line 2"),
                notes(Observing.text(Optional.of(Arch.RISCV64), trace)));
        assertEquals(
                List.of("-:1: the only task is x86_64: assumed"),
                notes(Observing.lines("getpid() = 7", "close(3) = 0")));
    }

    @Test
    void aTaskThatLearnsItsTidLate() {
        Evidence evidence = Observing.lines(
                "arch_prctl(ARCH_SET_FS, 0x7f0000000740) = 0",
                "clone(child_stack=NULL, flags=SIGCHLDstrace: Process 8 attached",
                ") = 8",
                "[pid 8] [  39] getpid() = 8",
                "[pid 7] [  39] getpid() = 7");
        assertEquals(
                List.of(
                        "-:1: task 7 is x86_64: proven by the name arch_prctl at line 1, the name getpid of number 39"
                                + " at line 4 of task 8",
                        "-:4: task 8 is x86_64: proven by the name arch_prctl at line 1 of task 7, the name getpid of"
                                + " number 39 at line 4"),
                notes(evidence).stream()
                        .map(note -> note.replaceAll(
                                ", the (address 0x7f0000000740|success of arch_prctl) at line 1( of task 7)?", ""))
                        .toList());
    }

    @Test
    void eachAbiOfAProgramOnceHoweverOftenItFlips() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            text.append("7 [  39] getpid() = 7\n7 [  20] getpid() = 7\n");
        }
        assertEquals(
                List.of(
                        "-:1: task 7 is x86_64: proven by the name getpid of number 39 at line 1",
                        "-:2: task 7 is x86: proven by what other programs show of the machine"),
                notes(Observing.text(text.toString())));
    }

    @Test
    void theFirstHundredAndACount() {
        StringBuilder text = new StringBuilder();
        for (int tid = 1; tid <= 250; tid++) {
            text.append(tid).append(" [  39] getpid() = 1\n").append(tid).append(" +++ exited with 0 +++\n");
        }
        List<String> notes = notes(Observing.text(text.toString()));
        assertEquals(FirstTasks.LIMIT + 1, notes.size());
        assertTrue(notes.get(99).startsWith("-:199: task 100 is x86_64: proven"), notes.get(99));
        assertEquals("-: 150 more tasks or programs are not listed", notes.get(100));
    }

    /** The child calls before the fork returns, and its tid is found to be the parent's child later. */
    @Test
    void aChildThatContradictsItsParentStaysApart() {
        Evidence evidence = Observing.lines(
                "6 [  39] getpid() = 6",
                "7 [  39] getpid() = 7",
                "6 [  56] clone(child_stack=NULL, flags=SIGCHLD <unfinished ...>",
                "7 [  56] clone(child_stack=NULL, flags=SIGCHLD <unfinished ...>",
                "8 waitpid(-1, NULL, 0) = -1 ECHILD (No child processes)",
                "7 <... clone resumed>) = 8",
                "6 <... clone resumed>) = 10");
        assertEquals(1, Observing.call(evidence, Arch.X86, "waitpid").count());
        assertTrue(
                evidence.diagnostics().stream()
                        .map(Diagnostic::toString)
                        .anyMatch(said ->
                                said.startsWith("-:5: warning: the name waitpid is not one on x86_64, which -:2")),
                evidence.diagnostics().toString());
        assertEquals(Proof.ASSUMED, Observing.proof(evidence, Arch.X86_64));
        assertEquals(Map.of("x86_64 getpid", 2L, "x86_64 clone", 2L, "x86 waitpid", 1L), Observing.counts(evidence));
    }
}
