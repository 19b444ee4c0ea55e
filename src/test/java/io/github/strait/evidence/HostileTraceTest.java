package io.github.strait.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.follow.Observing;
import io.github.strait.observation.LineCounts;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Traces that try to fill memory or to take forever; whoever writes the traced program writes much of the trace. */
@Timeout(60)
class HostileTraceTest {
    private static final int MANY = 100_000;
    private static final String PROOF = "1 [   0] read(3, 0x1, 1) = 0\n";

    private static String many(IntFunction<String> line) {
        return IntStream.range(0, MANY).mapToObj(line).collect(Collectors.joining("\n", "", "\n"));
    }

    private static Evidence read(String trace) {
        Evidence evidence = Observing.text(trace);
        assertEquals(trace.lines().count(), evidence.observation().lines().total());
        return evidence;
    }

    @Test
    void pendingCallsOfManyTasks() {
        Evidence evidence = read(many(i -> (i + 1) + " read(3 <unfinished ...>"));
        assertEquals(MANY, Observing.call(evidence, Arch.X86_64, "read").unreturned());
    }

    @Test
    void secondHalvesThatNobodyBegan() {
        Evidence evidence = read(many(i -> (i + 1) + " read(3 <unfinished ...>")
                + many(i -> "<... write resumed>) = 0")
                + many(i -> (i + 1) + " <... execve resumed>) = 0"));
        assertEquals(MANY, Observing.call(evidence, Arch.X86_64, "read").unreturned());
        assertEquals(MANY, Observing.call(evidence, Arch.X86_64, "write").succeeded());
        assertEquals(MANY, Observing.call(evidence, Arch.X86_64, "execve").succeeded());
    }

    @Test
    void forksWhoseChildrenNeverCome() {
        Evidence evidence = read(PROOF + many(i -> "1 fork() = " + (i + 2)));
        assertEquals(MANY, Observing.call(evidence, Arch.X86_64, "fork").succeeded());
    }

    @Test
    void forksThatNeverReturn() {
        Evidence evidence = read(many(i -> (i + 1) + " fork( <unfinished ...>"));
        assertEquals(MANY, Observing.call(evidence, Arch.X86_64, "fork").unreturned());
    }

    @Test
    void programs() {
        Evidence evidence = read(PROOF + many(i -> "1 execve(\"/bin/" + i + "\", [], 0x7ffc00000000) = 0"));
        SyscallObservation execve = Observing.call(evidence, Arch.X86_64, "execve");
        assertEquals(MANY, execve.count());
        assertEquals(SyscallObservation.PROGRAMS, execve.programs().size());
        assertTrue(execve.morePrograms());
    }

    /** Beyond some thousands, numbers are no longer told apart, but lines are counted and the first are named. */
    @Test
    void numbers() {
        Evidence evidence = read(PROOF + many(i -> "1 syscall_0x" + Integer.toHexString(i + 1000) + "(0) = 0"));
        LineCounts lines = evidence.observation().lines();
        assertTrue(lines.calls() > 4000 && lines.calls() < 5000, lines.toString());
        assertEquals(MANY + 1, lines.calls() + lines.unparsed());
        assertTrue(Observing.codes(evidence).contains("unknown-name"));
    }

    @Test
    void numbersOfOneName() {
        Evidence evidence = read(PROOF + many(i -> "1 [" + (i + 10000) + "] read(3, 0x1, 1) = 0"));
        assertEquals(MANY + 1, Observing.call(evidence, Arch.X86_64, "read").count());
        assertTrue(evidence.diagnostics().size() < 10);
    }

    /** However much text looks like calls, the calls behind it are found. */
    @Test
    void wordsThatAreNoNames() {
        Evidence evidence = read(PROOF + many(i -> "1 word" + i + "(0) = 0")
                + "1 openat(3) = 3\n1 openat(3) = 3\n1 syscall_999() = 0\n");
        assertEquals(2, Observing.call(evidence, Arch.X86_64, "openat").count());
        assertEquals(1, Observing.call(evidence, Arch.X86_64, "syscall_999").count());
        assertEquals(MANY, evidence.observation().lines().unparsed());
        assertTrue(evidence.diagnostics().size() < 100);
    }

    @Test
    void errors() {
        Evidence evidence = read(PROOF
                + many(i -> "1 close(3) = -1 E" + i + " (Oh)")
                + "1 close(3) = -1 E" + "X".repeat(1 << 20) + " (Oh)\n"
                + many(i -> "1 execve(\"/bin/x\", [], 0x7ffc00000000) = 0\n1 close(3) = -1 EE" + i + " (Oh)"));
        SyscallObservation close = Observing.call(evidence, Arch.X86_64, "close");
        assertEquals(2 * MANY + 1, close.count());
        assertTrue(close.errors().size() < 1000);
        assertTrue(close.errors().keySet().stream().allMatch(errno -> errno.length() < 100));
    }

    @Test
    void markers() {
        Evidence evidence = read(many(
                i -> "1 [ Process PID=1 runs in " + (i % 2 == 0 ? "32 bit" : "64 bit") + " mode. ]\n1 getpid() = 1"));
        assertEquals(MANY / 2, Observing.call(evidence, Arch.X86, "getpid").count());
        assertEquals(MANY / 2, Observing.call(evidence, Arch.X86_64, "getpid").count());
    }

    /** Tasks that live at the same time and are nobody's children; the last of them share what is known of them. */
    @Test
    void strangersThatNeverEnd() {
        int many = 100_000;
        String calls = IntStream.range(1, many + 1)
                .mapToObj(tid -> tid + " read(3, \"\", 1) = 0\n" + tid + " getpid() = " + tid + "\n")
                .collect(Collectors.joining());
        Evidence evidence = read(calls
                + many + " execve(\"/bin/x\", [\"x\"], 0x7ffc00000000) = 0\n"
                + many + " mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, 3, 0) = 0x7f0000000000\n");
        assertEquals(2L * many + 2, evidence.observation().lines().calls());
        assertEquals(many, Observing.call(evidence, Arch.X86_64, "read").count());
        assertEquals(many, Observing.call(evidence, Arch.X86_64, "getpid").count());
        assertEquals(
                Set.of("/bin/x"), Observing.call(evidence, Arch.X86_64, "mmap").programs());
    }

    @Test
    void longNames() {
        Evidence evidence = read(PROOF + "1 " + "x".repeat(1 << 22) + "(0) = 0\n");
        assertEquals(1, evidence.observation().lines().unparsed());
        evidence.diagnostics().forEach(each -> assertTrue(each.toString().length() < 1000));
    }
}
