package io.github.strait.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.syscall.Arch;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces on standard error: most lines have no tid, and foreign text cuts them. */
class SharedStreamTest {
    private static final String SHELL = "execve(\"/bin/sh\", [\"sh\"], 0x7ffc00000000 /* 9 vars */) = 0";
    private static final String PROOF = "mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, 3, 0) = 0x7f0000000000";

    @Test
    void oneTaskHasNoTid() throws EvidenceException {
        Evidence evidence = Observing.lines(SHELL, PROOF, "getpid() = 7", "exit_group(0) = ?", "+++ exited with 0 +++");
        assertEquals(new LineCounts(4, 1, 0), evidence.observation().lines());
        assertEquals(
                Set.of("/bin/sh"),
                Observing.call(evidence, Arch.X86_64, "getpid").programs());
    }

    @Test
    void anAttachMessageCutsTheFork() throws EvidenceException {
        Evidence evidence = Observing.lines(
                SHELL,
                PROOF,
                "clone(child_stack=NULL, flags=SIGCHLDstrace: Process 8 attached",
                ", child_tidptr=0x7f0000000a10) = 8",
                "[pid     7] wait4(-1,  <unfinished ...>",
                "[pid     8] execve(\"/bin/p32\", [\"p32\"], 0x7ffc00000000 /* 9 vars */) = 0",
                "[pid     8] ugetrlimit(RLIMIT_STACK, 0xff00) = 0",
                "[pid     8] exit_group(0) = ?",
                "[pid     8] +++ exited with 0 +++",
                "<... wait4 resumed>[{WIFEXITED(s) && WEXITSTATUS(s) == 0}], 0, NULL) = 8",
                "getuid() = 0",
                "exit_group(0) = ?",
                "+++ exited with 0 +++");
        assertEquals(1, Observing.call(evidence, Arch.X86_64, "clone").succeeded());
        assertEquals(1, Observing.call(evidence, Arch.X86_64, "wait4").succeeded());
        assertEquals(
                Set.of("/bin/sh"),
                Observing.call(evidence, Arch.X86_64, "getuid").programs());
        assertEquals(1, Observing.call(evidence, Arch.X86, "exit_group").count());
        assertEquals(0, evidence.observation().lines().unparsed());
    }

    /** The initial task ends first: later lines without a tid are the other one's. */
    @Test
    void unprefixedLinesChangeTheirOwner() throws EvidenceException {
        Evidence evidence = Observing.lines(
                SHELL,
                PROOF,
                "fork(strace: Process 8 attached",
                ") = 8",
                "[pid     8] execve(\"/bin/p32\", [\"p32\"], 0x7ffc00000000 /* 9 vars */ <unfinished ...>",
                "[pid     7] exit_group(0) = ?",
                "[pid     8] <... execve resumed>) = 0",
                "[pid     8] ugetrlimit(RLIMIT_STACK, 0xff00) = 0",
                "[pid     8] nanosleep(0xff00,  <unfinished ...>",
                "[pid     7] +++ exited with 0 +++",
                "<... nanosleep resumed>0xff00) = 0",
                "getpid() = 8",
                "exit_group(0) = ?",
                "+++ exited with 0 +++");
        assertEquals(1, Observing.call(evidence, Arch.X86, "nanosleep").succeeded());
        assertEquals(1, Observing.call(evidence, Arch.X86, "getpid").count());
        assertEquals(1, Observing.call(evidence, Arch.X86, "exit_group").count());
        assertEquals(1, Observing.call(evidence, Arch.X86_64, "exit_group").count());
    }

    /** With {@code -qq} the name of the pending call tells whose half a line is. */
    @Test
    void withoutExitLinesTheNameTellsTheOwner() throws EvidenceException {
        Evidence evidence = Observing.lines(
                SHELL,
                PROOF,
                "[pid     8] execve(\"/bin/p32\", [\"p32\"], 0x7ffc00000000 /* 9 vars */) = 0",
                "[pid     8] ugetrlimit(RLIMIT_STACK, 0xff00) = 0",
                "[pid     8] nanosleep(0xff00,  <unfinished ...>",
                "[pid     7] wait4(-1,  <unfinished ...>",
                "<... nanosleep resumed>0xff00) = 0");
        assertEquals(1, Observing.call(evidence, Arch.X86, "nanosleep").succeeded());
        assertEquals(1, Observing.call(evidence, Arch.X86_64, "wait4").unreturned());
    }

    @Test
    void theMarkerNamesTheTaskBeforeItsColumnDoes() throws EvidenceException {
        Evidence evidence = Observing.lines(
                SHELL.replace("0x7ffc00000000", "0x1"),
                "[ Process PID=7 runs in 32 bit mode. ]",
                "getpid() = 7",
                "[pid     7] getuid() = 0",
                "strace: [ Process PID=7 runs in 64 bit mode. ]",
                "getgid() = 0");
        assertEquals(
                Map.of("x86_64 execve", 1L, "x86 getpid", 1L, "x86 getuid", 1L, "x86_64 getgid", 1L),
                Observing.counts(evidence));
    }

    @Test
    void theProgramsOwnTextIsNotUnderstood() throws EvidenceException {
        Evidence evidence = Observing.lines(SHELL, PROOF, "hello, world", "write(1, \"hello\", 5hello", ") = 5");
        assertEquals(new LineCounts(3, 1, 1), evidence.observation().lines());
        assertEquals(1, Observing.call(evidence, Arch.X86_64, "write").succeeded());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[pid     7] getpid() = 7",
                "strace: Process 7 attached",
                "getpid() = 7\nhello, world",
                "write(1, \"hello\", 5hello\n) = 5",
            })
    void whatTheProgramCouldForgeIsMarked(String text) throws EvidenceException {
        Evidence evidence = Observing.lines(PROOF, text);
        assertEquals(
                Set.of(RunMark.SHARED_STREAM),
                evidence.observation().runs().get(0).marks());
        assertTrue(Observing.codes(evidence).contains("shared-stream"));
    }

    /** A damaged file is no shared stream, and one task's trace may be either. */
    @ParameterizedTest
    @ValueSource(strings = {"7 getpid() = 7\nhello, world", "getpid() = 7"})
    void whatNothingShowsToBeSharedIsNotMarked(String text) throws EvidenceException {
        Evidence evidence = Observing.lines("7 " + PROOF, text);
        assertEquals(Set.of(), evidence.observation().runs().get(0).marks());
        assertFalse(Observing.codes(evidence).contains("shared-stream"));
    }
}
