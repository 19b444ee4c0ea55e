package io.github.strait.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.strait.evidence.Evidence;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From strace's spelling, and its number where {@code -n} printed one, to the libseccomp name of what was called. */
class CallNameTest {
    @ParameterizedTest
    @CsvSource({
        "x86_64, socket(AF_UNIX), socket, ''",
        "x86, socket(AF_UNIX), socketcall, socket",
        "x86, [ 102] socket(AF_UNIX), socketcall, ''",
        "x86, [ 359] socket(AF_UNIX), socket, ''",
        "x86, send(3), socketcall, ''",
        "x86, semtimedop(3), ipc, ''",
        "x86, [ 117] shmat(3), ipc, ''",
        "x86, socketcall(77), socketcall, ''",
        "ppc64le, socket(AF_UNIX), socket, socketcall",
        "ppc64le, semget(1), ipc, semget",
        "s390x, [ 102] accept(3), socketcall, ''",
        "s390x, accept(3), socketcall, ''",
        "aarch64, semget(1), semget, ''",
        "arm, fadvise64_64(3), arm_fadvise64_64, ''",
        "arm, sync_file_range2(3), arm_sync_file_range, ''",
        "x86_64, pread(3), pread64, ''",
        "s390x, pwrite(3), pwrite64, ''",
        "x86, _exit(3), exit, ''",
        "x86_64, syscall_0x3e7(0x1), syscall_999, ''",
        "x86_64, syscall_999(0x1), syscall_999, ''",
        "x86_64, [ 999] syscall_0x3e7(0x1), syscall_999, ''",
        "x86_64, syscall_0x1b3(0x1), clone3, ''",
        "x86_64, syscall_0xffffffffffffffff(0x1), syscall_4294967295, ''",
    })
    void isTheNameOfTheNumber(String arch, String call, String name, String alternative) {
        Arch declared = Arch.parse(arch);
        Evidence evidence = Observing.text(
                Optional.of(declared == Arch.X86 ? Arch.X86 : declared.nativeArch()),
                prologue(declared) + call + " = 0\n");
        SyscallObservation seen = Observing.call(evidence, declared, name);
        assertEquals(alternative.isEmpty() ? Set.of() : Set.of(alternative), seen.alternatives());
    }

    private static String prologue(Arch arch) {
        return arch == Arch.ARM ? "ugetrlimit(3, 0x1) = 0\n" : "";
    }

    /** Once proven by a number, once not. */
    @Test
    void bothReadingsOfOneNameAreKeptApart() {
        Evidence evidence = Observing.text(
                Optional.of(Arch.X86), "[ 359] socket(AF_UNIX) = 3\n[ 102] socket(AF_UNIX) = 3\nsocket(AF_UNIX) = 3\n");
        assertEquals(Map.of("x86 socket", 1L, "x86 socketcall", 2L), Observing.counts(evidence));
    }

    @Test
    void x32NumbersOf64BitCalls() {
        Evidence evidence = Observing.lines("[1073741843] readv#64(3, [], 0) = -1 ENOSYS (Function not implemented)");
        assertEquals(Map.of("x32 syscall_1073741843", 1L), Observing.counts(evidence));
    }
}
