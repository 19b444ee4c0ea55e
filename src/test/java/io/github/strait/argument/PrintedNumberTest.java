package io.github.strait.argument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import io.github.strait.syscall.Arch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a register held, from what strace printed. */
class PrintedNumberTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            emptyValue = "",
            value = {
                "3 -> ?00000003",
                "0 -> ?00000000",
                "0x8 -> ?00000008",
                "0755 -> ?000001ed",
                "NULL -> 0",
                "0x7fc9daed1000 -> 7fc9daed1000",
                "18446744073709551615 -> ffffffffffffffff",
                "5</dev/null> -> ?00000005",
                "5</a=b (deleted)> -> ?00000005",
                "-100 /* AT_FDCWD */ -> ?ffffff9c",
                "-1 -> ?ffffffff",
                "0xffffffffffffff9c -> ffffffffffffff9c",
                "-2147483648 -> ?80000000",
                "-2147483649 -> ffffffff7fffffff",
                "4294967295 -> ?ffffffff",
                "4294967296 -> 100000000",
                "0x100000002 -> 100000002",
                "SOCK_STREAM|0x100000000 -> 100000001",
                "-4294967297 -> fffffffeffffffff",
                "0xc0045405 -> ?c0045405",
                "0x1 /* SOCK_STREAM */|0x80800 /* SOCK_CLOEXEC|SOCK_NONBLOCK */ -> ?00080801",
                "0x1200000 /* CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID */|17 /* SIGCHLD */ -> ?01200011",
                "CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD -> ?01200011",
                "AF_UNIX -> ?00000001",
                "PF_INET -> ?00000002",
                "PER_LINUX32|ADDR_NO_RANDOMIZE -> ?00040008",
                "PR_SET_NO_NEW_PRIVS -> ?00000026",
                "TIOCSTI -> ?00005412",
                "F_DUPFD_CLOEXEC -> ?00000406",
                "O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC -> ?00080241",
                "SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK -> ?00080801",
                "PTRACE_SEIZE -> ?00004206",
                "MADV_DONTNEED -> ?00000004",
                "AT_FDCWD -> ?ffffff9c",
                "AT_FDCWD</home/a=b> -> ?ffffff9c",
            })
    void isRead(String text, String registers) {
        assertEquals(registers, hex(PrintedNumber.argument(text, Arch.X86_64)), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {"-1", "0xc0045405", "AF_UNIX", "-100 /* AT_FDCWD */", "NULL", "0x100000000"})
    void ofANarrowRegisterFiltersLookAtTheLowHalf(String text) {
        assertTrue(PrintedNumber.argument(text, Arch.X86).isLowKnown());
        assertFalse(PrintedNumber.argument(text, Arch.X86).isHighKnown());
        assertFalse(PrintedNumber.argument(text, Arch.X32).isHighKnown());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\u0001',
            delimiter = '\t',
            value = {
                "\"text\"",
                "{st_mode=S_IFREG}",
                "[1, 2]",
                "0x",
                "SOCK_WHATEVER",
                "AF_UNIX|SOCK_WHATEVER",
                "O_RDONLY|O_DIRECTORY",
                "</dev/null>",
                "1|",
                "08",
                "99999999999999999999",
                "makedev(0x1, 0x3)",
                "CLONE_VM /* and",
                "---1",
                "- 1",
            })
    void whatIsNoNumberIsUnknown(String text) {
        assertEquals(Argument.UNKNOWN, PrintedNumber.argument(text, Arch.X86_64), text);
    }

    @Test
    void nothingIsUnknown() {
        assertEquals(Argument.UNKNOWN, PrintedNumber.argument("", Arch.X86_64));
    }

    @Test
    void signalsHaveOtherNumbersOnMips() {
        assertEquals(Argument.low(17), PrintedNumber.argument("SIGCHLD", Arch.AARCH64));
        assertEquals(Argument.UNKNOWN, PrintedNumber.argument("CLONE_VM|SIGCHLD", Arch.MIPS64));
        assertEquals(Argument.low(0x100), PrintedNumber.argument("CLONE_VM", Arch.MIPS64));
    }

    @ParameterizedTest
    @CsvSource({
        "TIOCSTI, X86 AARCH64 S390X RISCV64 LOONGARCH64 ARM, PPC64LE PPC MIPS64 MIPSEL",
        "O_CREAT, X86 AARCH64 S390X PPC64LE PPC ARM, MIPS64 MIPSEL",
        "SOCK_STREAM, X32 AARCH64 PPC64LE, MIPS MIPSEL64N32",
        "O_CLOEXEC, X86_64 PPC64LE MIPS64, ''"
    })
    void constantsAreUnknownWhereTheyHaveOtherNumbers(String name, String with, String without) {
        for (String arch : Splitter.on(' ').split(with)) {
            assertTrue(PrintedNumber.argument(name, Arch.valueOf(arch)).isLowKnown(), arch);
        }
        for (String arch : Splitter.on(' ').omitEmptyStrings().split(without)) {
            assertEquals(Argument.UNKNOWN, PrintedNumber.argument(name, Arch.valueOf(arch)), arch);
        }
    }

    private static String hex(Argument argument) {
        return argument.toString().substring("0x".length());
    }
}
