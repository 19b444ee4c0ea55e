package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.observation.Proof;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Evidence against evidence is never a silent choice: no machine is an error, two ABIs of one machine a warning. */
class AbiContradictionTest {
    private static final String X86_64 = "7 [  39] getpid() = 7\n";

    private static String error(Optional<Arch> declared, String trace) {
        RefusalException e = assertThrows(RefusalException.class, () -> Observing.text(declared, trace));
        assertEquals("abi-contradiction", e.diagnostic().code());
        return e.diagnostic().toString();
    }

    /** In one program, in two, and in two tasks. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 [  63] read(3, 0x1, 1) = 0 | aarch64 or riscv64 or loongarch64",
                "7 riscv_flush_icache(0, 0, 0) = 0 | riscv64",
                "7 [4003] read(3, 0x1, 1) = 0 | mips or mipsel",
                "7 s390_pci_mmio_read(0, 0, 0) = 0 | s390x or s390",
                "8 [ 172] getpid() = 8 | aarch64 or riscv64 or loongarch64",
                "8 [ 172] getpid() = 8 | aarch64 or riscv64 or loongarch64",
            })
    void twoMachinesAreAnErrorWithBothPositions(String line, String abis) {
        String error = error(Optional.empty(), X86_64 + "7 close(3) = 0\n" + line.strip() + "\n");
        assertTrue(error.startsWith("-:3: error: no machine runs both this call (" + abis), error);
        assertTrue(error.contains("that of -:1 (x86_64)"), error);
        String executed = X86_64 + "7 execve(\"/bin/b\", [\"b\"], 0x1 /* 9 vars */) = 0\n" + line.strip() + "\n";
        assertTrue(error(Optional.empty(), executed).startsWith("-:3: error: no machine runs both"), executed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AARCH64 | [  39] getpid() = 7 | the name getpid of number 39",
                "AARCH64 | 'waitpid(-1, NULL, 0) = 8\n7 arch_prctl(ARCH_SET_FS, 0x1) = 0' | the name arch_prctl",
                "X86 | brk(NULL) = 0x555500000000 | the address 0x555500000000",
                "X86 | set_robust_list(0x1234, 24) = 0 | set_robust_list of 24 bytes",
                "X86_64 | brk(NULL) = 0xaaaad1234000 | the address 0xaaaad1234000",
                "RISCV64 | '[ Process PID=7 runs in 32 bit mode. ]\n7 getpid() = 7' | the marker",
            })
    void aDeclarationAgainstAnyEvidenceIsAnError(Arch machine, String trace, String reason) {
        String error = error(Optional.of(machine), "7 " + trace + "\n");
        assertTrue(error.matches("-:[12]: error: --arch " + machine.label() + " cannot be: .*"), error);
        assertTrue(error.contains(" cannot be: " + reason), error);
        assertTrue(error.contains("leave --arch out or correct it"), error);
    }

    /**
     * A 64-bit program makes a 32-bit call with {@code int 0x80}, and strace {@code -o} writes no marker. The name proves
     * the ABI of that call; those of the calls around it that both ABIs have are proven no more.
     */
    @ParameterizedTest
    @CsvSource({"waitpid, waitpid", "socketcall, socketcall", "ugetrlimit, ugetrlimit", "umount, umount"})
    void aNameOfTheCompanionIsCountedThereAndSaid(String printed, String name) {
        Evidence evidence = Observing.lines(
                "7 arch_prctl(ARCH_SET_FS, 0x7f0000000740) = 0",
                "7 newfstatat(3, \"\", {}, 0) = 0",
                "7 [  39] getpid() = 7",
                "7 " + printed + "(0x1) = -1 EINVAL (Invalid argument)",
                "7 getuid() = 0");
        assertEquals(1, Observing.call(evidence, Arch.X86, name).count());
        assertFalse(Observing.counts(evidence).containsKey("x86_64 " + name));
        assertEquals(Proof.PROVEN, Observing.proof(evidence, Arch.X86));
        assertEquals(Proof.ASSUMED, Observing.proof(evidence, Arch.X86_64));
        String said = Observing.codes(evidence).toString();
        assertEquals("[abi-assumed, abi-contradiction]", said);
        String warning = Observing.said(evidence).get(1).toString();
        assertTrue(warning.matches("-:4: warning: .* does not exist on x86_64, which -:[12] proves.*"), warning);
        assertTrue(warning.contains("record again with: strait record -o FILE -- COMMAND, or: strace -f -n"), warning);
    }

    /** A number on each line leaves nothing to doubt. */
    @Test
    void numbersProveBothSides() {
        Evidence evidence = Observing.lines(
                "7 [  39] getpid() = 7", "7 [   7] waitpid(-1, NULL, 0) = 8", "7 [ 231] exit_group(0) = ?");
        assertEquals(List.of(), Observing.codes(evidence));
        assertEquals(Proof.PROVEN, Observing.proof(evidence, Arch.X86_64));
        assertEquals(Proof.PROVEN, Observing.proof(evidence, Arch.X86));
    }

    @Test
    void anAddressThatTheModeCannotHoldIsSaid() {
        Evidence evidence = Observing.lines(
                "7 stat64(0x1, 0x2) = 0",
                "7 munmap(0x7f0000001000, 4096) = 0",
                "7 munmap(0x7f0000002000, 4096) = 0",
                "7 [  39] getpid() = 7");
        List<String> said = Observing.said(evidence).stream()
                .filter(each -> each.code().equals("abi-contradiction"))
                .map(Diagnostic::toString)
                .toList();
        assertEquals(1, said.size(), said.toString());
        assertTrue(said.get(0).startsWith("-:2: warning: the address 0x7f0000001000 cannot be on "), said.get(0));
        assertTrue(said.get(0).contains("which -:1 proves"), said.get(0));
    }

    /** A wrong size is refused by the kernel, and so tells nothing. */
    @Test
    void aSizeThatTheKernelRefusedIsNoEvidence() {
        Evidence evidence =
                Observing.lines("7 [  39] getpid() = 7", "7 set_robust_list(0x1, 12) = -1 EINVAL (Invalid argument)");
        assertEquals(Map.of("x86_64 getpid", 1L, "x86_64 set_robust_list", 1L), Observing.counts(evidence));
        Evidence undecided = Observing.lines("7 set_robust_list(0x1, 12) = -1 EINVAL (Invalid argument)");
        assertEquals(Map.of("x86_64 set_robust_list", 1L), Observing.counts(undecided));
    }

    @Test
    void aLineAgainstItselfIsSaid() {
        Evidence evidence =
                Observing.lines("7 [  39] getpid() = 7", "7 [0000000000401000] stat64(0x1, 0x2) = 0", "7 getuid() = 0");
        assertEquals(1, Observing.call(evidence, Arch.X86, "stat64").count());
        assertEquals(List.of("number-name-mismatch"), Observing.codes(evidence));
    }

    /** Up to 4.20 strace left markers out while the task before ran in the same mode; the style tells. */
    @Test
    void aMarkerOfOldStraceMayComeLateOrNever() {
        String shell = "7 execve(\"/bin/sh\", [\"sh\"], [/* 9 vars */]) = 0\n7 brk(0) = 0x555500000000\n"
                + "7 access(\"/x\", R_OK) = 0\n7 arch_prctl(ARCH_SET_FS, 0x7f0000000740) = 0\n";
        Evidence late = Observing.text(shell + "7 execve(\"/bin/p32\", [\"p32\"], [/* 9 vars */]) = 0\n"
                + "7 getuid() = 0\n7 [ Process PID=7 runs in 32 bit mode. ]\n7 ugetrlimit(RLIMIT_STACK, 0x1) = 0\n");
        assertEquals(1, Observing.call(late, Arch.X86, "getuid").count());
        assertEquals(List.of(), Observing.codes(late));
        Evidence never = Observing.text(shell + "7 execve(\"/bin/p32\", [\"p32\"], [/* 9 vars */]) = 0\n"
                + "7 [ Process PID=7 runs in 32 bit mode. ]\n7 ugetrlimit(RLIMIT_STACK, 0x1) = 0\n"
                + "7 execve(\"/bin/ls\", [\"ls\"], [/* 9 vars */]) = 0\n7 getuid() = 0\n"
                + "7 set_robust_list(0x1234, 24) = 0\n");
        assertEquals(1, Observing.call(never, Arch.X86_64, "getuid").count());
        assertEquals(1, Observing.call(never, Arch.X86_64, "set_robust_list").count());
        assertEquals(1, Observing.call(never, Arch.X86, "ugetrlimit").count());
    }

    /** {@code clone3} forks under its number, too, which strace before 5.3 prints. */
    @Test
    void aForkWithoutANameHasAChild() {
        Evidence evidence = Observing.lines(
                "7 [  39] getpid() = 7", "7 syscall_0x1b3(0x7ffc, 0x58, 0, 0, 0, 0) = 0x8", "8 getuid() = 0");
        assertEquals(Proof.PROVEN, Observing.proof(evidence, Arch.X86_64));
        assertEquals(Map.of("x86_64 getpid", 1L, "x86_64 clone3", 1L, "x86_64 getuid", 1L), Observing.counts(evidence));
    }

    /** Both halves of a call that {@code -z} kept until it had a result, the second one bare. */
    @Test
    void aStagedCallEndsOnTheNextLine() {
        Evidence evidence = Observing.lines(
                "7 [  28] madvise(0x7fddad478000, 8368128, MADV_DONTNEED <unfinished ...>",
                ")                                       = 0",
                "7 [  61] wait4(-1,  <unfinished ...>",
                "NULL, 0, NULL)              = 8",
                "8 +++ exited with 0 +++",
                ") = 0");
        assertEquals(1, evidence.observation().lines().unparsed());
        assertEquals(3, evidence.observation().lines().other());
        SyscallObservation call = Observing.call(evidence, Arch.X86_64, "madvise");
        assertEquals(1, call.succeeded());
        assertEquals(1, Observing.call(evidence, Arch.X86_64, "wait4").succeeded());
    }
}
