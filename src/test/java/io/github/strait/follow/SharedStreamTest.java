package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.evidence.Evidence;
import io.github.strait.observation.LineCounts;
import io.github.strait.observation.RunMark;
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

    /** Of one task on its standard error, three clean lines; and the same with the end of a line, and in other calls. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "write(2, \") = 54\\nkexec_load(0x1, 0, NULL, 0) =\"..., 75) = 54\nkexec_load(0x1, 0, NULL, 0) = 0\nwrite(2, \"\", 54) = 75\n",
                "write(2, \")                             \"..., 99) = 54\nkexec_load(0x1, 0, NULL, 0) = 0\nwrite(2, \"\", 54) = 99\n",
                "write(2, \"\\nkexec_load(0x1, 0, NULL, 0) = 0\\n\", 33\nkexec_load(0x1, 0, NULL, 0) = 0\n) = 33\n",
                "writev(2, [{iov_base=\")=  3\\nkexec_load(0x1) = 0\\n\", iov_len=22}], 1) = 3\nkexec_load(0x1) = 0\n",
                "write(1, \"hi\\nread(0)\", 10) = 10\n",
                "write(2, \"$ \", 2$ ) = 2\nkexec_load(0x1) = 0\n",
                "write(2, \"x\", 1\nkexec_load(0x1) = 0\n",
            })
    void whatTheProgramWritesMayLookLikeACall(String lines) {
        assertTrue(isShared(SHELL + "\nwrite(2, \"a\", 1) = 1\n" + lines), lines);
        String numbered = (SHELL + "\n" + lines).replaceAll("(?m)^(?=[a-z])", "7 ");
        assertFalse(isShared(numbered), "a file of strace's own: " + numbered);
    }

    @Test
    void usualTextIsNoSign() {
        assertFalse(isShared(SHELL + "\nwrite(1, \"f(x) is 3\\n\", 9) = 9\nwrite(1, \"int main()\\n{\\n\", 13) = 13\n"
                + "read(3, \") = 54\\nkexec_load(0x1)\", 20) = 20\nexit_group(0) = ?\n+++ exited with 0 +++\n"));
    }

    private static boolean isShared(String trace) {
        Evidence evidence = Observing.text(trace);
        boolean marked = evidence.observation().runs().get(0).marks().contains(RunMark.SHARED_STREAM);
        assertEquals(marked, Observing.codes(evidence).contains("shared-stream"));
        return marked;
    }

    /** strace -c prints one table for each mode; the program may print others before. */
    @Test
    void aSecondTableMayBeTheProgramsOwn() {
        String table = """
                % time     seconds  usecs/call     calls    errors syscall
                ------ ----------- ----------- --------- --------- ----------------
                100.00    0.000010           1        10           NAME
                ------ ----------- ----------- --------- --------- ----------------
                100.00    0.000010           1        10           total
                """;
        String own = table.replace("NAME", "read");
        assertFalse(isShared(own));
        assertFalse(isShared(own + "System call usage summary for 32 bit mode:\n" + table.replace("NAME", "getpid")));
        assertTrue(isShared(table.replace("NAME", "kexec_load") + own));
    }

    /** In a frame of -k strace prints symbols raw, with their ends of lines. */
    @Test
    void framesAreForgeable() {
        String trace = SHELL + "\ngetppid() = 1\n > /x/sym2(x(main+0x1) [0x1]\nkexec_load(0x1, 0, NULL, 0) = 0\n"
                + " > y+0x4) [0x1149]\nexit_group(0) = ?\n";
        for (String each : new String[] {trace, trace.replaceAll("(?m)^(?=[a-z])", "9 ")}) {
            Evidence evidence = Observing.text(each);
            assertTrue(evidence.observation().runs().get(0).marks().contains(RunMark.STACK_FRAMES), each);
            assertTrue(
                    evidence.diagnostics().stream()
                            .anyMatch(warning ->
                                    warning.toString().startsWith("-:3: warning: stack frames hold symbols as")),
                    each);
        }
        assertFalse(Observing.text(SHELL).observation().runs().get(0).marks().contains(RunMark.STACK_FRAMES));
    }

    @Test
    void oneTaskHasNoTid() {
        Evidence evidence = Observing.lines(SHELL, PROOF, "getpid() = 7", "exit_group(0) = ?", "+++ exited with 0 +++");
        assertEquals(new LineCounts(4, 1, 0), evidence.observation().lines());
        assertEquals(
                Set.of("/bin/sh"),
                Observing.call(evidence, Arch.X86_64, "getpid").programs());
    }

    @Test
    void anAttachMessageCutsTheFork() {
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
    void unprefixedLinesChangeTheirOwner() {
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
    void withoutExitLinesTheNameTellsTheOwner() {
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
    void theMarkerNamesTheTaskBeforeItsColumnDoes() {
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
    void theProgramsOwnTextIsNotUnderstood() {
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
    void whatTheProgramCouldForgeIsMarked(String text) {
        Evidence evidence = Observing.lines(PROOF, text);
        assertEquals(
                Set.of(RunMark.SHARED_STREAM),
                evidence.observation().runs().get(0).marks());
        assertTrue(Observing.codes(evidence).contains("shared-stream"));
    }

    /** A string of the program's, wrapped where the program chose, has pieces that look like calls. */
    @Test
    void aCallWithoutATidAmongPiecesOfLinesIsMarked() {
        Evidence evidence = Observing.lines(
                "7 " + PROOF, "7 openat(AT_FDCWD, \"/", "x", "getpid() = 7", "7 close(3) = 0", "getuid() = 0");
        assertEquals(
                Set.of(RunMark.SHARED_STREAM),
                evidence.observation().runs().get(0).marks());
    }

    /** A damaged file is no shared stream, and one task's trace may be either. */
    @ParameterizedTest
    @ValueSource(strings = {"7 getpid() = 7\nhello, world", "getpid() = 7"})
    void whatNothingShowsToBeSharedIsNotMarked(String text) {
        Evidence evidence = Observing.lines("7 " + PROOF, text);
        assertEquals(Set.of(), evidence.observation().runs().get(0).marks());
        assertFalse(Observing.codes(evidence).contains("shared-stream"));
    }
}
