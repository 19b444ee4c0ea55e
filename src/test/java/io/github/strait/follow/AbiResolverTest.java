package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.observation.Proof;
import io.github.strait.observation.Remediation;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What proves an ABI, what contradicts one, and what is assumed when nothing does. */
class AbiResolverTest {
    /** One line of each kind of evidence is enough for all calls of the program. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // -n: on what ABI is this the number of this name?
                "[   0] read(3, 0x1, 1) = 0 | x86_64",
                "[  63] read(3, 0x1, 1) = 0 | aarch64 riscv64 loongarch64",
                "[1073741824] read(3, 0x1, 1) = 0 | x32",
                "[   3] read(3, 0x1, 1) = 0 | x86 arm s390x s390 ppc64le ppc64 ppc",
                "[ 359] socket(AF_UNIX, SOCK_STREAM, 0) = 3 | x86 s390x s390",
                "[4003] read(3, 0x1, 1) = 0 | mips mipsel",
                // -i: how wide is an address?
                "[00007f1234567890] read(3, 0x1, 1) = 0 | x86_64 aarch64 riscv64 s390x ppc64le ppc64 mips64 mipsel64"
                        + " loongarch64",
                "[f7f01234] read(3, 0x1, 1) = 0 | x86 x32 arm s390 ppc mips mips64n32 mipsel mipsel64n32",
                // names that few ABIs have
                "arch_prctl(ARCH_SET_FS, 0x1) = -1 EPERM (Operation not permitted) | x86_64 x86 x32",
                "riscv_flush_icache(0, 0, 0) = 0 | riscv64",
                "readv#64(3, [], 0) = 0 | x32",
                "o32:open(3, [], 0) = 0 | mips mips64 mips64n32 mipsel mipsel64 mipsel64n32",
                "s390_pci_mmio_read(0, 0, 0) = 0 | s390x s390",
                // addresses beyond what 32 bits can hold, and what most kernels hand out
                "mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, 3, 0) = 0x7f1234567000 | x86_64 aarch64 riscv64 s390x"
                        + " ppc64le ppc64 mips64 mipsel64 loongarch64",
                "mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, 3, 0) = 0xffffa1234000 | aarch64",
                "brk(NULL) = 0xaaaad1234000 | aarch64",
                "munmap(0x7f1234567000, 4096) = 0 | x86_64 aarch64 riscv64 s390x ppc64le ppc64 mips64 mipsel64"
                        + " loongarch64",
                // three words
                "set_robust_list(0x1234, 24) = 0 | x86_64 aarch64 riscv64 s390x ppc64le ppc64 mips64 mipsel64"
                        + " loongarch64",
                "set_robust_list(head=0x1234, len=12) = 0 | x86 x32 arm s390 ppc mips mips64n32 mipsel mipsel64n32",
                // calls that other ABIs have and refuse
                "arch_prctl(ARCH_SET_FS, 0x1) = 0 | x86_64 x32",
                "arch_prctl(code=ARCH_GET_GS, addr=[0]) = 0 | x86_64 x32",
                "arch_prctl(0x1002, 0x1) = 0 | x86_64 x32",
                "arch_prctl(0x5001 /* ARCH_SHSTK_ENABLE */, 0x1) = 0 | x86_64 x32",
                "arch_prctl(ARCH_CET_STATUS, 0x1) = 0 | x86_64 x86 x32",
                "arch_prctl(ARCH_SET_FS, 0x1) = 0 (INJECTED) | x86_64 x86 x32",
                "arch_prctl(ARCH_SET_FS, 0x1) = 158 | x86_64 x86 x32",
                "set_thread_area({entry_number=-1}) = 0 | x86 mips mips64n32 mips64 mipsel mipsel64n32 mipsel64",
                // markers
                "[ Process PID=7 runs in 32 bit mode. ] | x86 arm s390 ppc mips mips64n32 mipsel mipsel64n32",
                "[ Process PID=7 runs in x32 mode. ] | x32",
            })
    void anArchIsPossibleWhereTheEvidenceHolds(String line, String arches) {
        Set<String> possible = Set.of(arches.trim().split(" "));
        for (Arch machine : Arch.values()) {
            if (machine == Arch.X32) {
                continue;
            }
            String trace = "7     " + line.trim() + "\n7     getpid() = 7\n7     +++ exited with 0 +++\n";
            boolean fits = machine.personalities().stream().anyMatch(arch -> possible.contains(arch.label()));
            if (fits) {
                Evidence evidence = Observing.text(Optional.of(machine), trace);
                Arch seen = evidence.observation().architectures().firstKey();
                assertTrue(possible.contains(seen.label()), machine + " gives " + seen);
                assertTrue(machine.personalities().contains(seen), machine + " gives " + seen);
                boolean single = possible.size() == 1;
                assertTrue(!single || Observing.proof(evidence, seen) == Proof.PROVEN, machine + " proves " + seen);
            } else {
                RefusalException e = assertThrows(
                        RefusalException.class, () -> Observing.text(Optional.of(machine), trace), machine::label);
                assertEquals("abi-contradiction", e.diagnostic().code());
            }
        }
    }

    /** Three words of 32 bits, and a segment base that a 32-bit kernel entry refuses to set. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "7 arch_prctl(ARCH_SET_FS, 0xf7e00740) = 0\n7 set_robust_list(0xf7e00760, 12) = 0\n",
                "7 set_robust_list(0xf7e00760, 12) = 0\n7 arch_prctl(0x1002 /* ARCH_SET_FS */, 0xf7e00740) = 0\n",
                "7 set_robust_list(0xf7e00760, 0xc) = 0\n7 arch_prctl(ARCH_SET_FS, 0xf7e00740 <unfinished ...>\n"
                        + "8 getpid() = 8\n7 <... arch_prctl resumed>) = 0\n",
                "7 set_robust_list(0xf7e00760, 12) = 0\n7 arch_prctl(ARCH_GET_GS <unfinished ...>\n"
                        + "8 getpid() = 8\n7 <... arch_prctl resumed>, [0]) = 0\n",
            })
    void twelveBytesAndASegmentBaseAreX32(String lines) {
        String trace = "7 execve(\"/bin/x\", [\"x\"], 0xff9d1f70 /* 9 vars */) = 0\n" + lines + "7 close(3) = 0\n";
        Evidence evidence = Observing.text(trace);
        assertEquals(Proof.PROVEN, Observing.proof(evidence, Arch.X32));
        assertEquals(1, Observing.call(evidence, Arch.X32, "close").count());
        RefusalException e = assertThrows(RefusalException.class, () -> Observing.text(Optional.of(Arch.X86), trace));
        assertTrue(
                e.diagnostic().message().contains("the success of arch_prctl shows x32"),
                e.diagnostic().message());
    }

    /** The marker opens the program's calls in that mode, so no later line narrows them. Their order in memory is random. */
    @RepeatedTest(50)
    void aDeclarationThatAMarkerContradictsNamesTheFirstCall() {
        String calls = String.join("\n", List.of("getpid", "getuid", "getgid", "geteuid", "getegid", "getppid"))
                .replaceAll("(\\w+)", "1 $1() = 1");
        RefusalException e = assertThrows(
                RefusalException.class,
                () -> Observing.text(
                        Optional.of(Arch.X86), "1 sync() = 0\n[ Process PID=1 runs in x32 mode. ]\n" + calls + "\n"));
        assertTrue(
                e.diagnostic().toString().startsWith("-:3: error: --arch x86 cannot be: "), e.diagnostic()::toString);
    }

    @Test
    void aContradictedDeclarationNamesTheLine() {
        RefusalException e = assertThrows(
                RefusalException.class,
                () -> Observing.text(
                        Optional.of(Arch.AARCH64),
                        "1 getpid() = 1\n1 arch_prctl(ARCH_SET_FS, 0x7f0000000000) = 0\n1 close(3) = 0\n"));
        assertEquals(
                "-:2: error: --arch aarch64 cannot be: the name arch_prctl shows x86_64 or x32;"
                        + " leave --arch out or correct it [abi-contradiction]",
                e.diagnostic().toString());
    }

    @Test
    void whatNothingProvesIsAssumedWithAWarning() {
        Evidence evidence = Observing.lines("getpid() = 7", "exit_group(0) = ?");
        assertEquals(Proof.ASSUMED, Observing.proof(evidence, Arch.X86_64));
        assertEquals(
                List.of("-: warning: nothing in this trace proves that its calls are x86_64; say --arch NAME, or "
                        + Remediation.RECORD_AGAIN + " [abi-assumed]"),
                Observing.said(evidence).stream().map(Diagnostic::toString).toList());
    }

    @Test
    void whatNothingProvesIsTheDeclaredMachines() {
        Evidence evidence = Observing.text(Optional.of(Arch.S390X), "getpid() = 7\nexit_group(0) = ?\n");
        assertEquals(Proof.DECLARED, Observing.proof(evidence, Arch.S390X));
        assertEquals(List.of(), Observing.said(evidence));
    }

    @Test
    void anotherMachineIsAssumedWhereThisOneCannotBe() {
        Evidence evidence = Observing.lines("mmap2(NULL, 4096, 1, 2, -1, 0) = 0x1000", "ugetrlimit(3, 0x1) = 0");
        assertEquals(Set.of(Arch.X86), evidence.observation().architectures().keySet());
        assertEquals(List.of("abi-assumed"), Observing.codes(evidence));
    }

    /** Each number says for itself what it is. */
    @Test
    void int80WithNumbers() {
        Evidence evidence = Observing.lines(
                "7 [  39] getpid() = 7",
                "7 [  20] getpid() = 7",
                "7 [  39] getpid() = 7",
                "7 [ 231] exit_group(0) = ?");
        assertEquals(
                Map.of("x86_64 getpid", 2L, "x86_64 exit_group", 1L, "x86 getpid", 1L), Observing.counts(evidence));
        assertEquals(Proof.PROVEN, Observing.proof(evidence, Arch.X86_64));
        assertEquals(Proof.PROVEN, Observing.proof(evidence, Arch.X86));
    }

    @Test
    void int80WithMarkers() {
        Evidence evidence = Observing.lines(
                "7 arch_prctl(ARCH_SET_FS, 0x7f0000000000) = 0",
                "7 [ Process PID=7 runs in 32 bit mode. ]",
                "7 getpid() = 7",
                "7 [ Process PID=7 runs in 64 bit mode. ]",
                "7 getuid() = 0");
        assertEquals(
                Map.of("x86_64 arch_prctl", 1L, "x86 getpid", 1L, "x86_64 getuid", 1L), Observing.counts(evidence));
    }

    /** A marker before any call says as much as one behind it. */
    @Test
    void attachedToA32BitProgram() {
        Evidence evidence = Observing.lines("7 [ Process PID=7 runs in 32 bit mode. ]", "7 getpid() = 7");
        assertEquals(Map.of("x86 getpid", 1L), Observing.counts(evidence));
    }

    @Test
    void aNumberThatIsNotTheNamesIsReported() {
        Evidence evidence = Observing.lines("7 [7777] getpid() = 7", "7 brk(NULL) = 0x555500000000");
        assertEquals(1, Observing.call(evidence, Arch.X86_64, "getpid").count());
        assertTrue(Observing.codes(evidence).contains("number-name-mismatch"));
    }

    @Test
    void aNameThatTheProgramsAbiLacksIsReported() {
        Evidence evidence =
                Observing.lines("7 [   0] read(3, 0x1, 1) = 0", "7 mmap2(NULL, 4096, 1, 2, -1, 0) = 0x1000");
        assertEquals(Map.of("x86_64 read", 1L, "x86 mmap2", 1L), Observing.counts(evidence));
        assertTrue(Observing.codes(evidence).contains("abi-contradiction"));
    }

    /** Both positions are told, and where the other ABI may have come from. */
    @Test
    void aNameThatTheProgramsAbiLacksNamesItsProof() {
        Evidence evidence =
                Observing.lines("7 [   0] read(3, 0x1, 1) = 0", "7 mmap2(NULL, 4096, 1, 2, -1, 0) = 0x1000");
        assertTrue(evidence.diagnostics().stream()
                .map(Diagnostic::toString)
                .anyMatch(("-:2: warning: mmap2 does not exist on x86_64, which -:1 proves for this program; a call of"
                        + " another ABI, or an execve is missing; " + Remediation.RECORD_AGAIN
                        + " [abi-contradiction]")::equals));
    }

    @Test
    void callsThatNoMachineRunsTogetherAreAnError() {
        RefusalException e = assertThrows(
                RefusalException.class,
                () -> Observing.lines(
                        "7 execve(\"/bin/a\", [\"a\"], 0x1 /* 9 vars */) = 0",
                        "7 [ 158] arch_prctl(ARCH_SET_FS, 0x7f0000000000) = 0",
                        "7 execve(\"/bin/b\", [\"b\"], 0x1 /* 9 vars */) = 0",
                        "7 riscv_flush_icache(0x1, 0x2, 0) = 0",
                        "7 exit_group(0) = ?"));
        assertEquals(
                "-:4: error: no machine runs both this call (riscv64) and that of -:2 (x86_64); traces of two machines"
                        + " are mixed, or lines are damaged or forged [abi-contradiction]",
                e.diagnostic().toString());
    }

    /** Every 64-bit machine could have this address; on two it is usual. */
    @ParameterizedTest
    @CsvSource({"0x3ffbd279000, s390x", "0x2aa0a8a6000, s390x", "0x3fbd279000, riscv64", "0x7fbd27900000, x86_64"})
    void usualAddressesDecideWhatNothingProves(String address, String arch) {
        Evidence evidence = Observing.lines("7 brk(NULL) = " + address, "7 getpid() = 7");
        assertEquals(Proof.ASSUMED, Observing.proof(evidence, Arch.parse(arch)));
        boolean hinted = !arch.equals("x86_64");
        assertEquals(hinted, Observing.said(evidence).get(0).message().contains("though what it shows is usual there"));
    }

    /** What the loader reads of the first library tells the machine, where nothing else does. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "1\\1\\1\\3\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0(\\0\\1\\0, arm",
                "1\\1\\1\\3\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0\\3\\0\\1\\0, x86",
                "1\\2\\1\\3\\0\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0\\24\\0\\0, ppc",
                "2\\1\\1\\3\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0>\\0\\1\\0, x86_64",
                "2\\1\\1\\3\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0\\267\\0\\1\\0, aarch64",
                "2\\1\\1\\3\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0\\363\\0\\1\\0, riscv64",
                "2\\1\\1\\3\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0\\2\\1\\1\\0, loongarch64",
                "2\\1\\1\\3\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0\\25\\0\\1\\0, ppc64le",
                "2\\2\\1\\3\\0\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0\\26\\0\\0, s390x",
                "2\\1\\1\\3\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0\\377\\377\\1\\0, x86_64",
                "2\\1\\1, x86_64"
            })
    void theFirstLibraryDecidesWhatNothingProves(String head, String arch) {
        Evidence evidence = Observing.lines(
                "7 openat(AT_FDCWD, \"/lib/libc.so.6\", O_RDONLY|O_CLOEXEC) = 3",
                "7 read(3, \"\\177ELF\\" + head + "\"..., 832) = 832",
                "7 close(3) = 0");
        assertEquals(Proof.ASSUMED, Observing.proof(evidence, Arch.parse(arch)));
        assertEquals(3, Observing.counts(evidence).size());
    }

    /** A 64-bit stack is far above it. */
    @ParameterizedTest
    @CsvSource({"0xff9d1f70, x86", "0xbeb3f9c0, x86", "0x9d0840, x86_64", "0x7ffd1234, x86_64", "0x7ffc1abc7448, x86_64"
    })
    void anEnvironmentOnANarrowStackIsUsualOnAbisOf32Bits(String address, String arch) {
        Evidence evidence = Observing.lines(
                "7 execve(\"/bin/a\", [\"a\"], 0x7ffc1abc7448 /* 9 vars */) = 0",
                "7 execve(\"/bin/b\", [\"b\"], " + address + " /* 9 vars */) = -1 ENOENT (No such file or directory)",
                "7 exit_group(0) = ?");
        assertEquals(1L, Observing.counts(evidence).get(arch + " exit_group"));
    }

    @Test
    void aProofIsStrongerThanAUsualAddress() {
        Evidence evidence = Observing.lines("7 brk(NULL) = 0x3ffbd279000", "7 [  39] getpid() = 7");
        assertEquals(Proof.PROVEN, Observing.proof(evidence, Arch.X86_64));
    }

    /** A 64-bit shell, a 32-bit program, and a 64-bit one again. */
    @Test
    void everyExecveIsJudgedAnew() {
        Evidence evidence = Observing.lines(
                "7 execve(\"/bin/sh\", [\"sh\"], 0x7ffc00000000 /* 9 vars */) = 0",
                "7 arch_prctl(ARCH_SET_FS, 0x7f0000000000) = 0",
                "7 execve(\"/bin/p32\", [\"p32\"], 0x555500000000 /* 9 vars */) = 0",
                "7 ugetrlimit(RLIMIT_STACK, {rlim_cur=8192*1024, rlim_max=RLIM_INFINITY}) = 0",
                "7 getpid() = 7",
                "7 execve(\"/bin/ls\", [\"ls\"], 0xffff0000 /* 9 vars */) = 0",
                "7 brk(NULL) = 0x555500000000",
                "7 getpid() = 7");
        assertEquals(
                Map.of(
                        "x86_64 execve", 2L,
                        "x86_64 arch_prctl", 1L,
                        "x86 ugetrlimit", 1L,
                        "x86 getpid", 1L,
                        "x86 execve", 1L,
                        "x86_64 brk", 1L,
                        "x86_64 getpid", 1L),
                Observing.counts(evidence));
        assertEquals(Proof.PROVEN, Observing.proof(evidence, Arch.X86));
        assertEquals(Proof.PROVEN, Observing.proof(evidence, Arch.X86_64));
        assertEquals(
                Set.of("", "/bin/sh"),
                Observing.call(evidence, Arch.X86_64, "execve").programs());
        assertEquals(
                Set.of("/bin/p32"), Observing.call(evidence, Arch.X86, "execve").programs());
    }
}
