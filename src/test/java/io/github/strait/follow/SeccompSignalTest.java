package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.observation.Proof;
import io.github.strait.syscall.Arch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The signal of a filter's trap shows the call and the machine; a signal that a program sends shows nothing. */
class SeccompSignalTest {
    private static final String CALLS = "7 brk(NULL) = 0x5555f000\n7 shmget(IPC_PRIVATE, 4096, IPC_CREAT|0600) = 0\n";

    private static String signal(String code, String call, String arch) {
        return "7 --- SIGSYS {si_signo=SIGSYS, si_code=" + code + ", si_call_addr=0x74f96e4, si_syscall=" + call
                + ", si_arch=" + arch + "} ---\n";
    }

    private static String error(Optional<Arch> declared, String trace) {
        RefusalException e = assertThrows(RefusalException.class, () -> Observing.text(declared, trace));
        return e.diagnostic().toString();
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void provesEachAbi(Arch arch) {
        String name = arch == Arch.X86 ? "I386" : arch == Arch.X32 ? "X86_64" : arch.name();
        String x32 = arch == Arch.X32 ? "1073741853" : "__NR_shmget";
        Evidence evidence = Observing.text(CALLS + signal("SYS_SECCOMP", x32, "AUDIT_ARCH_" + name));
        boolean both = arch == Arch.X86_64;
        assertEquals(both ? Proof.ASSUMED : Proof.PROVEN, Observing.proof(evidence, arch));
        assertEquals(1, evidence.observation().architectures().size());
        String token = "0x" + Integer.toHexString(arch.auditToken());
        for (String value :
                List.of(token, token + " /* AUDIT_ARCH_" + name + " */", Integer.toUnsignedString(arch.auditToken()))) {
            Evidence other = Observing.text(CALLS + signal("0x1 /* SYS_SECCOMP */", x32, value));
            assertEquals(Observing.counts(evidence), Observing.counts(other), value);
        }
    }

    /** The number of x86_64 has bit 30 on x32. */
    @ParameterizedTest
    @CsvSource({"29, X86_64", "1073741853, X32", "29 /* __NR_shmget */, X86_64"})
    void aNumberTellsX32(String number, Arch arch) {
        Evidence evidence = Observing.text(CALLS + signal("1", number, "0xc000003e"));
        assertEquals(Map.of(arch.label() + " brk", 1L, arch.label() + " shmget", 1L), Observing.counts(evidence));
        assertEquals(Proof.PROVEN, Observing.proof(evidence, arch));
    }

    @Test
    void contradictsADeclarationByItsLine() {
        assertEquals(
                "-:3: error: --arch x86_64 cannot be: si_arch=AUDIT_ARCH_AARCH64 shows aarch64;"
                        + " leave --arch out or correct it [abi-contradiction]",
                error(Optional.of(Arch.X86_64), CALLS + signal("SYS_SECCOMP", "__NR_shmget", "AUDIT_ARCH_AARCH64")));
    }

    /** Whatever is known of the other calls by then. */
    @Test
    void contradictsTheOtherCalls() {
        String said = error(
                Optional.empty(),
                "7 [  39] getpid() = 7\n" + signal("SYS_SECCOMP", "__NR_shmget", "AUDIT_ARCH_AARCH64"));
        assertTrue(
                said.startsWith("-:2: error: no machine runs both this call (aarch64) and that of -:1 (x86_64)"), said);
    }

    /** A 64-bit program's {@code int 0x80}: the call is one of x86. */
    @Test
    void isOfTheCallThatItNames() {
        Evidence evidence =
                Observing.text("7 [  39] getpid() = 7\n" + signal("SYS_SECCOMP", "__NR_getppid", "AUDIT_ARCH_I386"));
        assertEquals(Map.of("x86_64 getpid", 1L, "x86 getppid", 1L), Observing.counts(evidence));
        assertEquals(Proof.ASSUMED, Observing.proof(evidence, Arch.X86_64));
        assertTrue(Observing.codes(evidence).contains("abi-contradiction"));
    }

    /** Kernels before 4.8 ask the filter first, and strace is told nothing of the call. */
    @ParameterizedTest
    @CsvSource({"__NR_shmget, shmget", "194, shmget", "999, syscall_999", "194 /* __NR_shmget */, shmget"})
    void countsACallThatStraceDidNotSee(String call, String name) {
        String signal = signal("SYS_SECCOMP", call, "AUDIT_ARCH_AARCH64");
        Evidence evidence = Observing.text("7 getuid() = 0\n" + signal + signal);
        assertEquals(Map.of("aarch64 getuid", 1L, "aarch64 " + name, 1L), Observing.counts(evidence));
        assertEquals(1, Observing.call(evidence, Arch.AARCH64, name).unreturned());
    }

    /** A filter sees the number, so that the name is no multiplexer's sub-call. */
    @ParameterizedTest
    @ValueSource(strings = {"socket", "socketcall", "semget", "ipc", "_newselect", "umount2"})
    void namesTheNumberItself(String name) {
        Evidence evidence =
                Observing.text("7 getuid() = 0\n" + signal("SYS_SECCOMP", "__NR_" + name, "AUDIT_ARCH_I386"));
        assertEquals(Map.of("x86 getuid", 1L, "x86 " + name, 1L), Observing.counts(evidence));
        assertTrue(Observing.call(evidence, Arch.X86, name).alternatives().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shmget(IPC_PRIVATE, 4096, 0600) = 194",
                "[ 194] shmget(IPC_PRIVATE, 4096, 0600) = 194",
                "shmget(IPC_PRIVATE, 4096, 0600 <unfinished ...>"
            })
    void countsNoCallTwice(String call) {
        Evidence evidence =
                Observing.text("7 " + call + "\n" + signal("SYS_SECCOMP", "__NR_shmget", "AUDIT_ARCH_AARCH64"));
        assertEquals(Map.of("aarch64 shmget", 1L), Observing.counts(evidence));
    }

    @ParameterizedTest
    @CsvSource({
        "AUDIT_ARCH_SH, SuperH",
        "AUDIT_ARCH_SPARC64, SPARC64",
        "AUDIT_ARCH_ALPHA, Alpha",
        "0x4000002a, SuperH",
        "0x28 /* AUDIT_ARCH_ARMEB */, big-endian ARM",
        "0x40001234 /* AUDIT_ARCH_??? */, a machine of number 4660",
        "AUDIT_ARCH_NEW, the machine NEW",
    })
    void refusesAMachineWithoutATable(String arch, String machine) {
        for (Optional<Arch> declared : List.of(Optional.<Arch>empty(), Optional.of(Arch.X86))) {
            String said = error(declared, CALLS + signal("SYS_SECCOMP", "__NR_shmget", arch));
            assertTrue(said.startsWith("-:3: error: "), said);
            assertTrue(
                    said.contains("si_arch=" + arch + " is of " + machine + ", which strait has no syscall table"),
                    said);
            assertTrue(said.endsWith("[no-table]"), said);
        }
    }

    /** {@code kill}, {@code sigqueue}, and a signal of its own contents, which Linux lets a program send to itself. */
    @ParameterizedTest
    @CsvSource({
        "SI_USER, ''",
        "SI_QUEUE, ''",
        "SI_TKILL, ''",
        "0, ''",
        "0xffffffff, ''",
        "SYS_SECCOMP, 'rt_sigqueueinfo(7, SIGSYS, {si_signo=SIGSYS, si_code=SYS_SECCOMP}) = 0'",
        "0x1, 'rt_tgsigqueueinfo(7, 7, SIGSYS, {}) = 0'",
        "SYS_SECCOMP, 'pidfd_send_signal(3, SIGSYS, {}, 0) = 0'",
    })
    void aSignalThatAProgramSendsProvesNothing(String code, String sender) {
        String sent = sender.isEmpty() ? "" : "7 " + sender + "\n";
        for (String arch : List.of("AUDIT_ARCH_I386", "AUDIT_ARCH_SH")) {
            Evidence evidence =
                    Observing.text(Optional.of(Arch.X86_64), CALLS + sent + signal(code, "__NR_kexec_load", arch));
            assertEquals(Proof.DECLARED, Observing.proof(evidence, Arch.X86_64));
            assertTrue(!Observing.counts(evidence).containsKey("x86_64 kexec_load"));
        }
    }

    /** A call that the program has taken over by {@code PR_SET_SYSCALL_USER_DISPATCH} is of its machine, and none of Linux. */
    @Test
    void aDispatchedCallIsNotCounted() {
        Evidence evidence = Observing.text(CALLS + signal("SYS_USER_DISPATCH", "__NR_read", "AUDIT_ARCH_AARCH64"));
        assertEquals(Map.of("aarch64 brk", 1L, "aarch64 shmget", 1L), Observing.counts(evidence));
        assertEquals(Proof.PROVEN, Observing.proof(evidence, Arch.AARCH64));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--- SIGSYS (Bad system call) @ 0 (0) ---",
                "--- SIGSYS {si_signo=SIGSYS, si_code=SYS_SECCOMP} ---",
                "--- SIGSYS {si_code=SYS_SECCOMP, si_arch=AUDIT_ARCH_???, si_syscall=} ---",
                "--- SIGSYS {si_code=SYS_SECCOMP, si_arch=0x, si_syscall=99999999999999999999} ---",
                "--- SIGSYS {si_code=, si_arch= ---",
                "--- SIGUSR1 {si_signo=SIGUSR1, si_code=SYS_SECCOMP, si_arch=AUDIT_ARCH_AARCH64} ---",
                "--- SIGSYS {si_code=SYS_SECCOMP, si_syscall=__NR_nosuchcall} ---",
            })
    void whatTellsNothingChangesNothing(String signal) {
        Evidence evidence = Observing.text(CALLS + "7 " + signal + "\n");
        assertEquals(Map.of("x86_64 brk", 1L, "x86_64 shmget", 1L), Observing.counts(evidence));
    }
}
