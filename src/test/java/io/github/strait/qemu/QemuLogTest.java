package io.github.strait.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.io.Resources;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.follow.Observing;
import io.github.strait.observation.ArchObservation;
import io.github.strait.observation.Observation;
import io.github.strait.observation.ObservationReader;
import io.github.strait.observation.ObservationWriter;
import io.github.strait.observation.Omission;
import io.github.strait.observation.Proof;
import io.github.strait.observation.Run;
import io.github.strait.observation.RunMark;
import io.github.strait.observation.Subcalls;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.NamelessCall;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QemuLogTest {
    private static final String HEADER =
            "# strait-recording/1 {\"kind\": \"emulated\", \"abi\": \"aarch64\", \"command\": [\"/opt/app\"]}\n";
    private static final String END = "7 exit_group(0)\n";

    private static Run aarch64(String text) {
        return run("aarch64", text);
    }

    private static Run run(String arch, String text) {
        return Observing.text(Arch.find(arch), text).observation().runs().get(0);
    }

    private static SyscallObservation call(Run run, String name) {
        ArchObservation seen = run.architectures().values().iterator().next();
        return Optional.ofNullable(seen.syscalls().get(name))
                .orElseThrow(
                        () -> new AssertionError(name + " in " + seen.syscalls().keySet()));
    }

    /** The log of a program with threads, children and signals, against the numbers that qemu's trace event printed. */
    @ParameterizedTest
    @ValueSource(strings = {"aarch64", "arm", "i386", "mips", "ppc64le", "riscv64", "s390x"})
    void aLogShowsTheCallsThatWereMade(String abi) throws IOException {
        Arch arch = Arch.find(abi).orElseThrow();
        TreeMap<String, Long> made = new TreeMap<>();
        for (String row : GuestNamesTest.lines(abi + ".log.numbers")) {
            String[] cells = row.split("\t");
            made.put(NamelessCall.nameOf(Integer.parseInt(cells[0]), arch), Long.valueOf(cells[1]));
        }
        String log = Resources.toString(Resources.getResource(QemuLogTest.class, abi + ".log"), StandardCharsets.UTF_8);
        Evidence evidence = Observing.text(Optional.of(arch), log);
        Run run = evidence.observation().runs().get(0);
        TreeMap<String, Long> seen = new TreeMap<>();
        run.architectures().get(arch).syscalls().forEach((name, call) -> seen.put(name, call.count()));
        assertEquals(made, seen);
        assertEquals(Set.of(arch), run.architectures().keySet());
        assertEquals(Proof.DECLARED, run.architectures().get(arch).proof());
        // the line after the line feed in a name
        assertEquals(1, run.lines().unparsed());
        assertEquals(3, run.completeness().orElseThrow().tasks());
        assertEquals(
                Set.of(Omission.START_MISSING),
                run.completeness().orElseThrow().signs().keySet());
        assertEquals(evidence.observation(), again(evidence.observation()));
    }

    private static Observation again(Observation observation) throws IOException {
        byte[] json = ObservationWriter.write(observation).getBytes(StandardCharsets.UTF_8);
        return ObservationReader.read("t", new ByteArrayInputStream(json), warning -> {
            throw new AssertionError(warning);
        });
    }

    @Test
    void theHeaderProvesTheMachineAndTheStart() {
        Run run = Observing.text(HEADER + "7 brk(NULL) = 0x0000000000412000\n" + END)
                .observation()
                .runs()
                .get(0);
        assertEquals(Proof.PROVEN, run.architectures().get(Arch.AARCH64).proof());
        assertEquals(1, call(run, "execve").succeeded());
        assertEquals(Set.of("/opt/app"), call(run, "brk").programs());
        assertTrue(run.completeness().orElseThrow().isWhole());
        assertEquals(Set.of(), run.marks());
        assertEquals(0, run.lines().unparsed());
    }

    @Test
    void whoseMachineNothingSaysIsRefused() {
        assertRefused("abi-unknown", Optional.empty(), "7 close(3) = -1 errno=9 (Bad file descriptor)\n" + END);
    }

    private static void assertRefused(String code, Optional<Arch> arch, String text) {
        RefusalException refused = assertThrows(RefusalException.class, () -> Observing.text(arch, text));
        assertEquals(code, refused.diagnostic().code(), refused::getMessage);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aarch64 | 7 open(\"/x\",O_RDONLY) = -1 errno=2 (No such file or directory)",
                "aarch64 | 7 mmap2(NULL,4096,PROT_READ,MAP_PRIVATE,-1,0) = 3",
                "x86_64 | 7 brk(NULL) = 0x00412000",
                "arm | 7 brk(NULL) = 0x0000000000412000",
                "aarch64 | 7 set_robust_list(1,2,3,4,5,6) = -1 errno=89 (Function not implemented)",
                "mips | 7 set_robust_list(1,2,3,4,5,6) = -1 errno=38 (Function not implemented)",
            })
    void aLogOfAnotherMachineIsRefused(String arch, String line) {
        assertRefused("abi-contradiction", Arch.find(arch), first() + line + "\n" + END);
        assertRefused("abi-contradiction", Arch.find("x86_64"), HEADER + END);
    }

    private static String first() {
        return "7 close(3) = -1 errno=9 (Bad file descriptor)\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7 openat(AT_FDCWD, \"/x\", O_RDONLY) = -1 ENOENT (No such file or directory)",
                "7 read(3,  <unfinished ...>",
                "7 <... read resumed>\"\", 1) = 0",
                "7 exit_group(0) = ?",
                "+++ exited with 0 +++",
            })
    void linesOfStraceBesideThemAreRefused(String line) {
        assertRefused("no-evidence", Optional.of(Arch.AARCH64), first() + first() + line + "\n" + END);
    }

    @Test
    void resultsAreTheGuests() {
        Run run = run(
                "mips",
                first() + "7 ioctl(0,0x1234,0) = -1 errno=89 (Function not implemented)\n"
                        + "7 getpid() = 7\n7 connect(3,0x408007c8,110) = -1 errno=125 (Address already in use)\n"
                        + "7 rt_sigreturn(4,0,0,0,0,0) = -1 errno=513 (Successful exit from sigreturn)\n"
                        + "7 clock_gettime(CLOCK_MONOTONIC,0x00800690) = 0 ({tv_sec = 1,tv_nsec = 2})\n" + END);
        assertEquals(Map.of("EBADF", 1L), call(run, "close").errors());
        assertEquals(Map.of("EADDRINUSE", 1L), call(run, "connect").errors());
        assertEquals(1, call(run, "ioctl").unreturned(), "ENOSYS is qemu's own");
        assertEquals(1, call(run, "rt_sigreturn").unreturned());
        assertEquals(1, call(run, "getpid").succeeded());
        assertEquals(1, call(run, "clock_gettime").succeeded());
        assertEquals(1, call(run, "exit_group").unreturned());
    }

    /** Three tasks; the child returns 0 from fork, and nothing says which result is that. */
    @Test
    void resultsThatMayBeAnothersAreUnknown() {
        Run run = aarch64(first() + "7 clone(0x11,child_stack=0x0000000000000000) = 0\n"
                + "8 close(9) = 8\n = -1 errno=9 (Bad file descriptor)\n7 close(10) = 0\n7 getpid() = 7\n8 exit_group(0)\n"
                + END);
        assertEquals(Map.of("EBADF", 1L), call(run, "close").errors());
        assertEquals(1, call(run, "close").succeeded());
        assertEquals(1, call(run, "close").unreturned());
        assertEquals(1, call(run, "clone").unreturned());
        assertEquals(1, call(run, "getpid").succeeded());
    }

    @Test
    void callsStandBehindEachOther() {
        Run run = aarch64(first() + "7 futex(0x1,FUTEX_WAIT,1,NULL)7 Unknown syscall 293\n7 read(0,1,1)7 getpid()"
                + "7 exit_group(0)\n");
        assertEquals(Set.of("close", "futex", "rseq", "read", "getpid", "exit_group"), names(run));
        assertEquals(1, call(run, "rseq").unreturned());
        assertEquals(3, run.lines().calls());
    }

    private static Set<String> names(Run run) {
        return run.architectures().values().iterator().next().syscalls().keySet();
    }

    @Test
    void aMultiplexerKeepsWhatItMade() {
        Run run = run(
                "s390x",
                "7 SOCKET(PF_UNIX,SOCK_STREAM,0) = 3\n7 CONNECT(3,0x3ff0,110) = 0\n7 SOCKET(PF_UNIX,SOCK_STREAM,0) = 4\n"
                        + "7 shutdown(3,SHUT_RDWR) = 0\n" + END);
        SyscallObservation call = call(run, "socketcall");
        assertEquals(4, call.succeeded());
        assertEquals(Set.of("shutdown"), call.alternatives());
        assertEquals(
                "socket 2, connect 1, shutdown 1",
                Subcalls.of(call, "socketcall").words());
    }

    @Test
    void whatTheProgramWritesIsNoCall() {
        Run run = aarch64(first() + "7 write(2,0x8feb8,6)hello\n = 6\n7 write(2,0x1,19)no line feed = 19\n"
                + "a line, 9 kill(1) of its own\n 9 kill(1) = 0\n12 \n" + END);
        assertEquals(Set.of("close", "write", "exit_group"), names(run));
        assertEquals(3, run.lines().unparsed());
        assertEquals(Set.of(RunMark.SHARED_STREAM), run.marks());
    }

    /** qemu prints names as they are; what follows a line feed in one counts as nothing, and the run is marked. */
    @Test
    void namesWithLineFeedsAreFollowedToTheirEnd() {
        String open = "7 openat(AT_FDCWD,\"/a\n9 kill(1) = 0\n(\",O_RDONLY)7 getpid() = 7\n";
        Run run = Observing.text(HEADER + first() + open + END)
                .observation()
                .runs()
                .get(0);
        assertEquals(Set.of("execve", "close", "openat", "getpid", "exit_group"), names(run));
        assertEquals(Set.of(RunMark.SHARED_STREAM), run.marks());
        assertEquals(1, run.lines().unparsed());
    }

    @Test
    void programsThatRunElsewhereAreMissed() {
        Run run = aarch64(first() + "7 clone(0x11,child_stack=0x0) = 0\n8 execve(\"/bin/true\",{\"true\",NULL}) = 8\n"
                + "7 execve(\"/nowhere\",{\"a) = 3\",NULL}) = -1 errno=2 (No such file or directory)\n" + END);
        assertEquals(
                "8",
                run.completeness()
                        .orElseThrow()
                        .signs()
                        .get(Omission.CHILDREN_MISSING)
                        .place()
                        .what());
        assertEquals(2, call(run, "execve").count());
    }

    @Test
    void theLogOfAProgramThatBecameAnotherEndsThere() {
        Run run = aarch64(first() + "7 execve(\"/bin/true\",{\"true\",NULL})");
        assertEquals(
                Set.of(Omission.START_MISSING, Omission.CHILDREN_MISSING),
                run.completeness().orElseThrow().signs().keySet());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 openat(AT_FDCWD,\"/etc/ho | openat,close | LINES_CUT",
                "7 openat(AT_FDCWD,          | openat,close | LINES_CUT",
                "7 close(3) = -1 err         | close        | TASKS_UNENDED",
                "7 op                        | close        | LINES_CUT",
                "7 getpid()                  | close,getpid | LINES_CUT",
            })
    void aCutLogIsKnownAsSuch(String last, String expected, Omission sign) {
        Run run = aarch64(first() + last.strip());
        assertEquals(Set.of(expected.split(",")), names(run));
        assertTrue(run.completeness().orElseThrow().signs().containsKey(sign), run.completeness()::toString);
    }

    @Test
    void aSignalMayHaveEndedTheProgram() {
        String killed = "--- SIGSEGV {si_signo=SIGSEGV, si_code=1, si_addr=0x00000008} ---\n";
        assertTrue(unended(first() + "--- SIGCHLD {si_signo=SIGCHLD} ---\n"));
        assertTrue(!unended(first() + killed));
        assertTrue(!unended(first() + "7 exit(0)\n"));
        assertTrue(unended(first() + "7 clone(CLONE_VM|CLONE_THREAD,child_stack=0x1)7 exit(0)\n"));
    }

    private static boolean unended(String text) {
        return aarch64(text).completeness().orElseThrow().signs().containsKey(Omission.TASKS_UNENDED);
    }

    @Test
    void lineEndsAndAMarkChangeNothing() {
        String log = first() + "7 getpid()7 getpid() = 7\n = 7\n" + END;
        Run plain = aarch64(log);
        Run marked = aarch64("\ufeff" + log.replace("\n", "\r\n"));
        assertEquals(plain.architectures(), marked.architectures());
        assertEquals(plain.lines(), marked.lines());
    }

    @Test
    void unknownNamesAreToldAndNotCounted() {
        Evidence evidence = Observing.text(Optional.of(Arch.AARCH64), first() + "7 sparkle(1) = 0\n" + END);
        assertTrue(
                Observing.codes(evidence).contains("unknown-name"),
                () -> evidence.diagnostics().toString());
        assertEquals(1, evidence.observation().lines().unparsed());
    }
}
