package io.github.strait.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SyscallTableTest {
    private static final int X32_BIT = 0x40000000;

    /** Facts of the kernel's headers, written down from elsewhere: a column that slips by one is found here. */
    @ParameterizedTest
    @CsvSource({
        "X86_64, openat, 257",
        "X86_64, clone3, 435",
        "X86_64, uretprobe, 335",
        "X86_64, fchroot, 472",
        "X86, socketcall, 102",
        "X86, socket, 359",
        "X86, openat, 295",
        "X86, clock_gettime64, 403",
        "X32, read, 0x40000000",
        "X32, readv, 0x40000203",
        "AARCH64, openat, 56",
        "AARCH64, io_uring_setup, 425",
        "ARM, arm_fadvise64_64, 270",
        "ARM, arm_sync_file_range, 341",
        "ARM, set_tls, 0xf0005",
        "ARM, get_tls, 0xf0006",
        "RISCV64, riscv_hwprobe, 258",
        "RISCV64, riscv_flush_icache, 259",
        "S390X, s390_pci_mmio_read, 353",
        "S390, file_setattr, 469",
        "PPC64LE, swapcontext, 249",
        "PPC, rtas, 255",
        "MIPS, read, 4003",
        "MIPS64, read, 5000",
        "MIPS64N32, read, 6000",
        "MIPSEL, seccomp, 4352",
        "LOONGARCH64, statx, 291",
    })
    void numbers(Arch arch, String name, String number) {
        int expected = Integer.decode(number);
        assertEquals(OptionalInt.of(expected), SyscallTable.of(arch).number(name));
        assertEquals(Optional.of(name), SyscallTable.of(arch).name(expected));
    }

    /** Calls that an ABI is known to lack. */
    @ParameterizedTest
    @CsvSource({
        "X86_64, socketcall",
        "X86_64, send",
        "X86, accept",
        "X86, semop",
        "AARCH64, open",
        "AARCH64, fork",
        "RISCV64, renameat",
        "LOONGARCH64, getrlimit",
        "ARM, time",
        "X32, uselib",
        "S390, fchroot",
        "X86_64, nosuchcall",
    })
    void absent(Arch arch, String name) {
        assertFalse(SyscallTable.of(arch).contains(name));
        assertEquals(OptionalInt.empty(), SyscallTable.of(arch).number(name));
    }

    @ParameterizedTest
    @EnumSource
    void numbersAreUniqueAndNamesGoRound(Arch arch) {
        SyscallTable table = SyscallTable.of(arch);
        Map<String, Integer> numbers = table.numbers();
        assertEquals(numbers.size(), new HashSet<>(numbers.values()).size());
        numbers.forEach((name, number) -> assertEquals(Optional.of(name), table.name(number)));
    }

    @ParameterizedTest
    @EnumSource
    void numbersLieWhereTheAbiCountsFrom(Arch arch) {
        int base = switch (arch) {
            case X32 -> X32_BIT;
            case MIPS, MIPSEL -> 4000;
            case MIPS64, MIPSEL64 -> 5000;
            case MIPS64N32, MIPSEL64N32 -> 6000;
            default -> 0;
        };
        SyscallTable.of(arch).numbers().forEach((name, number) -> {
            boolean armPrivate = arch == Arch.ARM && number > 0xf0000 && number <= 0xf0006;
            assertTrue(armPrivate || (number >= base && number < base + 1000), name + " " + number);
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyAbiHasTheCallsThatNoProgramLivesWithout(Arch arch) {
        for (String name : new String[] {"read", "write", "execve", "exit", "exit_group", "rt_sigreturn", "openat"}) {
            assertTrue(SyscallTable.of(arch).contains(name), name);
        }
    }

    @Test
    void x32SharesAllOtherNumbersWithX8664() {
        SyscallTable wide = SyscallTable.of(Arch.X86_64);
        SyscallTable.of(Arch.X32).numbers().forEach((name, number) -> {
            int low = number & ~X32_BIT;
            assertTrue(low >= 512 || wide.name(low).equals(Optional.of(name)), name);
        });
    }

    @ParameterizedTest
    @CsvSource({"PPC64LE, PPC64", "MIPSEL, MIPS", "MIPSEL64, MIPS64", "MIPSEL64N32, MIPS64N32"})
    void byteOrderDoesNotChangeNumbers(Arch little, Arch big) {
        assertEquals(SyscallTable.of(big).numbers(), SyscallTable.of(little).numbers());
    }

    /** From 424 on all ABIs count alike, offset apart. */
    @ParameterizedTest
    @EnumSource
    void recentCallsHaveOneNumber(Arch arch) {
        SyscallTable table = SyscallTable.of(arch);
        int base = table.number("pidfd_send_signal").orElseThrow() - 424;
        SyscallTable.of(Arch.X86_64).numbers().forEach((name, number) -> {
            if (number >= 424 && table.contains(name)) {
                assertEquals(number + base, table.number(name).orElseThrow(), name);
            }
        });
    }

    @Test
    void placeholdersAreNoCalls() {
        for (String name : Syscalls.names()) {
            assertFalse(name.matches("(reserved|unused|syscalls|Linux).*"), name);
            assertTrue(name.matches("[a-z_][a-z0-9_]*"), name);
        }
    }

    @Test
    void tablesAreMadeOnce() {
        assertSame(SyscallTable.of(Arch.ARM), SyscallTable.of(Arch.ARM));
    }
}
