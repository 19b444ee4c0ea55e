package io.github.strait.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.base.Splitter;
import io.github.strait.syscall.Arch;
import java.util.Set;
import java.util.stream.Collectors;
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
                "3 -> 3",
                "0 -> 0",
                "0x8 -> 8",
                "0755 -> 1ed",
                "NULL -> 0",
                "0x7fc9daed1000 -> 7fc9daed1000",
                "18446744073709551615 -> ffffffffffffffff,ffffffff",
                "5</dev/null> -> 5",
                "5</a=b (deleted)> -> 5",
                "-100 /* AT_FDCWD */ -> ffffff9c,ffffffffffffff9c",
                "-1 -> ffffffff,ffffffffffffffff",
                "-4294967297 -> fffffffeffffffff",
                "0xc0045405 -> c0045405,ffffffffc0045405",
                "0x1 /* SOCK_STREAM */|0x80800 /* SOCK_CLOEXEC|SOCK_NONBLOCK */ -> 80801",
                "0x1200000 /* CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID */|17 /* SIGCHLD */ -> 1200011",
                "CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD -> 1200011",
                "AF_UNIX -> 1",
                "PF_INET -> 2",
                "PER_LINUX32|ADDR_NO_RANDOMIZE -> 40008",
                "PR_SET_NO_NEW_PRIVS -> 26",
                "TIOCSTI -> 5412",
                "F_DUPFD_CLOEXEC -> 406",
                "O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC -> 80241",
                "SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK -> 80801",
                "PTRACE_SEIZE -> 4206",
                "MADV_DONTNEED -> 4",
                "AT_FDCWD -> ffffff9c,ffffffffffffff9c",
                "AT_FDCWD</home/a=b> -> ffffff9c,ffffffffffffff9c",
            })
    void isRead(String text, String registers) {
        assertEquals(hex(registers), PrintedNumber.registers(text, Arch.X86_64), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {"-1 -> ffffffff", "0xc0045405 -> c0045405", "AF_UNIX -> 1", "-100 /* AT_FDCWD */ -> ffffff9c"})
    void aNarrowRegisterHasOneValue(String text, String registers) {
        assertEquals(hex(registers), PrintedNumber.registers(text, Arch.X86), text);
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
        assertEquals(Set.of(), PrintedNumber.registers(text, Arch.X86_64), text);
    }

    @Test
    void nothingIsUnknown() {
        assertEquals(Set.of(), PrintedNumber.registers("", Arch.X86_64));
    }

    @Test
    void signalsHaveOtherNumbersOnMips() {
        assertEquals(Set.of(17L), PrintedNumber.registers("SIGCHLD", Arch.AARCH64));
        assertEquals(Set.of(), PrintedNumber.registers("CLONE_VM|SIGCHLD", Arch.MIPS64));
        assertEquals(Set.of(0x100L), PrintedNumber.registers("CLONE_VM", Arch.MIPS64));
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
            assertEquals(1, PrintedNumber.registers(name, Arch.valueOf(arch)).size(), arch);
        }
        for (String arch : Splitter.on(' ').omitEmptyStrings().split(without)) {
            assertEquals(Set.of(), PrintedNumber.registers(name, Arch.valueOf(arch)), arch);
        }
    }

    private static Set<Long> hex(String values) {
        return Splitter.on(',')
                .splitToStream(values)
                .map(value -> Long.parseUnsignedLong(value, 16))
                .collect(Collectors.toSet());
    }
}
