package io.github.strait.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.Iterables;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultiplexerTest {
    private static final List<String> BOTH = List.of("socketcall", "ipc");
    private static final Set<Arch> WITH_MULTIPLEXERS =
            Set.of(Arch.X86, Arch.S390X, Arch.S390, Arch.PPC64LE, Arch.PPC64, Arch.PPC, Arch.MIPS, Arch.MIPSEL);

    @ParameterizedTest
    @CsvSource({
        "X86, socket, socketcall",
        "X86, send, socketcall",
        "X86, accept4, socketcall",
        "X86, semop, ipc",
        "S390X, shmat, ipc",
        "PPC64LE, msgget, ipc",
        "PPC64LE, bind, socketcall",
        "MIPS, recvmsg, socketcall",
        "X86_64, socket,",
        "X32, shmat,",
        "AARCH64, semop,",
        "ARM, socket,",
        "MIPS64, socket,",
        "MIPS64N32, semop,",
        "X86, read,",
        "X86, socketcall,",
        "X86, semtimedop_time64,",
    })
    void standsFor(Arch arch, String subcall, String multiplexer) {
        assertEquals(Optional.ofNullable(multiplexer), Multiplexer.of(subcall, arch));
    }

    @ParameterizedTest
    @EnumSource
    void theTablesSayWhoHasThem(Arch arch) {
        for (String multiplexer : BOTH) {
            assertEquals(WITH_MULTIPLEXERS.contains(arch), SyscallTable.of(arch).contains(multiplexer));
            assertEquals(
                    WITH_MULTIPLEXERS.contains(arch),
                    Multiplexer.of(Iterables.getLast(Multiplexer.subcalls(multiplexer)), arch)
                            .isPresent());
        }
    }

    @Test
    void subcallsComeInTheOrderOfTheirNumbers() {
        List<String> sockets = Multiplexer.subcalls("socketcall").asList();
        assertEquals(20, sockets.size());
        assertEquals("socket", sockets.get(1 - 1));
        assertEquals("send", sockets.get(9 - 1));
        assertEquals("accept4", sockets.get(18 - 1));
        assertEquals("sendmmsg", sockets.get(20 - 1));
        assertEquals(12, Multiplexer.subcalls("ipc").size());
        assertEquals(Set.of(), Multiplexer.subcalls("read"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"socketcall", "ipc"})
    void everySubcallIsACallSomewhere(String multiplexer) {
        for (String subcall : Multiplexer.subcalls(multiplexer)) {
            assertTrue(Syscalls.names().contains(subcall), subcall);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "X86, true, true",
        "S390, true, true",
        "S390X, true, true",
        "PPC64LE, false, true",
        "PPC64, false, true",
        "PPC, false, true",
        "MIPS, false, true",
        "MIPSEL, false, true",
        "MIPS64, false, false",
        "X86_64, false, false",
        "ARM, false, false",
    })
    void glibc(Arch arch, boolean socketcall, boolean ipc) {
        assertEquals(socketcall, Multiplexer.usedByLibc("socketcall", arch));
        assertEquals(ipc, Multiplexer.usedByLibc("ipc", arch));
    }

    @ParameterizedTest
    @EnumSource
    void libcUsesOnlyWhatTheKernelHas(Arch arch) {
        for (String multiplexer : BOTH) {
            assertTrue(!Multiplexer.usedByLibc(multiplexer, arch)
                    || SyscallTable.of(arch).contains(multiplexer));
        }
    }
}
