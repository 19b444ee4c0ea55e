package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.observation.Proof;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs of strace up to 4.26 whose spellings no newer version has. */
class OldStraceTest {
    private static final String BRACKETS = "execve(\"/usr/bin/x\", [\"x\"], [/* 9 vars */]) = 0\n";

    /** The holes in the tables of strace up to 4.6, in each place where a name stands. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SYS_328(0, 0x80800, 0x269ff4, 0x877a7b4, 0x877b0c4) = 3",
                "7 SYS_328(0) = 3",
                "[pid     7] 10:21:14.100201 [b7700424] SYS_328(0) = -1 ENOSYS (Function not implemented) <0.000011>",
                "7 [ 328] SYS_328(0) = 3",
                "7 SYS_328(0 <unfinished ...>' '7 <... SYS_328 resumed> ) = 3",
                "7 <... SYS_328 resumed> ) = 3",
                "Nov 28 10:00:00 host app[9]: SYS_328(0) = 3' 'Nov 28 10:00:00 host app[9]: close(3) = 0' 'Nov 28"
                        + " 10:00:00 host app[9]: close(3) = 0",
            })
    void aHoleInATableIsItsNumber(String lines) {
        Evidence evidence = Observing.text(Optional.of(Arch.X86), lines.replace("' '", "\n") + "\n");
        assertEquals(1, Observing.call(evidence, Arch.X86, "eventfd2").count());
        assertEquals(0, evidence.observation().lines().unparsed());
    }

    @Test
    void aHoleInATableOfCounts() {
        Evidence evidence = Observing.text(Optional.of(Arch.X86), """
            % time     seconds  usecs/call     calls    errors syscall
            ------ ----------- ----------- --------- --------- ----------------
             90.00    0.004190           4       987         1 SYS_329
             10.00    0.000419           4         9           mmap2
            ------ ----------- ----------- --------- --------- ----------------
            100.00    0.004609                   996         1 total
            """);
        assertEquals(Map.of("x86 epoll_create1", 987L, "x86 mmap2", 9L), Observing.counts(evidence));
    }

    /** The numbers of MIPS begin at 4000, and no other table was as long. */
    @ParameterizedTest
    @CsvSource({"SYS_4255, mips, statfs64", "SYS_5200, mips64, io_setup", "SYS_6231, mips64n32, mbind"})
    void aHoleOfMips(String printed, String arch, String name) {
        Evidence evidence = Observing.text(Optional.of(Arch.parse(arch).nativeArch()), printed + "() = 0\n");
        assertEquals(Map.of(arch + " " + name, 1L), Observing.counts(evidence));
        RefusalException e = assertThrows(
                RefusalException.class, () -> Observing.text(Optional.of(Arch.X86_64), printed + "() = 0\n"));
        assertEquals("abi-contradiction", e.diagnostic().code());
    }

    @ParameterizedTest
    @CsvSource({"SYS_", "SYS_x", "SYS_0x148", "SYS_-1", "SYS_brk", "sys_328"})
    void noHoleOfATable(String word) {
        Evidence evidence = Observing.lines("7 close(3) = 0", "7 " + word + "(0) = 0");
        assertEquals(1, evidence.observation().lines().unparsed());
    }

    @Test
    void aHoleTellsTheEra() {
        Evidence evidence =
                Observing.text(Optional.of(Arch.X86), "SYS_328(0) = 3\nselect(0) = 0\ngetrlimit(3, 0x1) = 0\n");
        assertEquals(Set.of("eventfd2", "_newselect", "ugetrlimit"), names(evidence, Arch.X86));
    }

    /** The table of 4.4, of 2002; no machine of 64 bits was known to it. */
    @ParameterizedTest
    @CsvSource({"pread", "pwrite"})
    void straceOf2002IsOfX86(String call) {
        String log = BRACKETS + "old_mmap(NULL, 12180, PROT_READ, MAP_PRIVATE, 4, 0) = 0x40014000\n" + call
                + "(6, \"<\\7\\0\\0\"..., 8192, 0)         = 8192\n_exit(0)                                = ?\n";
        for (Evidence evidence : List.of(Observing.text(log), Observing.text(Optional.of(Arch.X86), log))) {
            assertEquals(List.of(), Observing.codes(evidence));
            assertEquals(Proof.PROVEN, Observing.proof(evidence, Arch.X86));
            assertEquals(Set.of("execve", "mmap", call + "64", "exit"), names(evidence, Arch.X86));
            assertEquals(
                    Set.of(Arch.X86), evidence.observation().architectures().keySet());
        }
        RefusalException e = assertThrows(RefusalException.class, () -> Observing.text(Optional.of(Arch.X86_64), log));
        assertTrue(
                e.diagnostic().toString().contains("--arch x86_64 cannot be"),
                e.diagnostic().toString());
    }

    /** x86_64 has spelled so, too, and is not doubted where it is shown. */
    @Test
    void aNameOfBothIsNotOnlyTheOlders() {
        Evidence evidence = Observing.text(BRACKETS
                + "brk(0) = 0x555500000000\npread(6, \"\"..., 8192, 0) = 0\narch_prctl(ARCH_SET_FS, 0x1) = 0\n");
        assertEquals(Set.of("execve", "brk", "pread64", "arch_prctl"), names(evidence, Arch.X86_64));
        assertEquals(Set.of(Arch.X86_64), evidence.observation().architectures().keySet());
    }

    @ParameterizedTest
    @CsvSource({
        "setup() = 0, restart_syscall",
        "getsetgid32(0x1) = 0, getresgid32",
        "sys_kexec_load(0x1) = 0, kexec_load",
        "siggetmask() = 0, sgetmask",
        "sigsetmask(0) = 0, ssetmask",
        "oldselect(0) = 0, select",
        "'umount(\"/x\", 0) = 0', umount2",
        "oldumount(\"/x\") = 0, umount",
        "SYS_224() = 7, gettid",
    })
    void namesOfTheOldTablesOfX86(String call, String name) {
        Evidence evidence = Observing.text(Optional.of(Arch.X86), BRACKETS + "brk(0) = 0x804c000\n" + call + "\n");
        assertEquals(Set.of("execve", "brk", name), names(evidence, Arch.X86));
    }

    /** strace could not let the task go on; its second half is that of the same call. */
    @ParameterizedTest
    @CsvSource({
        "<ptrace(SYSCALL):No such process>",
        "'<ptrace(CONT,7033):No such process>'",
        "<ptrace(LISTEN):Kein passender Prozess gefunden>",
        "<ptrace(PTRACE_???):Input/output error>",
        "<Cannot restart pid 7033 with ptrace(PTRACE_SYSCALL): No such process>",
    })
    void aCallThatCannotGoOnIsAHalf(String note) {
        for (String prefix : List.of("", "7033 ", "[pid  7033] 10:21:14 ", "7033 [  20] ")) {
            String log = prefix + "gettid()                                = 7033\n" + prefix
                    + "writev(45, [{\"a\", 1}], 1 " + note + "\n" + prefix
                    + "<... writev resumed>)                   = ?\n" + prefix + "+++ killed by SIGKILL +++\n";
            Evidence evidence = Observing.text(log);
            SyscallObservation call = Observing.call(evidence, Arch.X86_64, "writev");
            assertEquals(1, call.count(), log);
            assertEquals(1, call.unreturned(), log);
            // and where the task ends without it
            log = log.replace(prefix + "<... writev resumed>)                   = ?\n", "");
            assertEquals(
                    1,
                    Observing.call(Observing.text(log), Arch.X86_64, "writev").unreturned(),
                    log);
        }
    }

    private static Set<String> names(Evidence evidence, Arch arch) {
        return evidence.observation().architectures().get(arch).syscalls().keySet();
    }
}
