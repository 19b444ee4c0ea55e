package io.github.strait.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StraceNameTest {
    @ParameterizedTest
    @CsvSource({
        "X86_64, openat, openat",
        "X86, socket, socket",
        "ARM, fadvise64_64, arm_fadvise64_64",
        "ARM, sync_file_range2, arm_sync_file_range",
        "X86, fadvise64_64, fadvise64_64",
        "PPC64LE, sync_file_range2, sync_file_range2",
        // Numbers that the ABI's table does not name, though strace does.
        "ARM, time, syscall_13",
        "ARM, cmpxchg, syscall_1048560",
        "S390X, setup, syscall_0",
        "S390, listns, syscall_470",
        "PPC, memfd_secret, syscall_447",
        "MIPSEL64, time, syscall_5193",
        "LOONGARCH64, renameat, syscall_38",
        // x32: the number of x86_64's call, with bit 30. x32's own readv is 515.
        "X32, readv, readv",
        "X32, readv#64, syscall_1073741843",
        "X32, uselib#64, syscall_1073741958",
        // MIPS: the number counts, whoever's it is.
        "MIPS, n64:read, syscall_5000",
        "MIPS64, o32:exit, syscall_4001",
        "MIPSEL64N32, n64:rseq, syscall_5327",
        "MIPSEL, n64:time, syscall_5193",
        "MIPS64, n64:read, read",
    })
    void spellings(Arch arch, String spelling, String name) {
        assertEquals(Optional.of(name), StraceName.toLibseccomp(spelling, arch));
    }

    @ParameterizedTest
    @CsvSource({
        "X86_64, ''",
        "X86_64, nosuchcall",
        "X86_64, readv#64",
        "X86_64, n64:read",
        "X86, send",
        "X32, nosuchcall#64",
        "X32, #64",
        "MIPS, n64:nosuchcall",
        "MIPS, n65:read",
        "MIPS, ':'",
        "AARCH64, open",
    })
    void namesThatStraceDoesNotPrint(Arch arch, String spelling) {
        assertEquals(Optional.empty(), StraceName.toLibseccomp(spelling, arch));
    }

    @ParameterizedTest
    @CsvSource({
        "X86_64, syscall_0x1b3, clone3",
        "X86_64, syscall_435, clone3",
        "X86_64, syscall_0x150, uprobe",
        "RISCV64, syscall_0x102, riscv_hwprobe",
        "X86, syscall_386, rseq",
        "X86_64, syscall_0x270f, syscall_9999",
        "X86_64, syscall_0x7fffffff, syscall_2147483647",
        "X86_64, syscall_0xffffffffffffffff, syscall_4294967295",
        "X86_64, syscall_18446744073709551615, syscall_4294967295",
        "X86_64, syscall_0x1234567800000000, read",
        "X32, syscall_0x40000203, readv",
        "X32, syscall_0x4000270f, syscall_1073751823",
        "X32, syscall_9999, syscall_1073751823",
        "MIPS, syscall_0xfa3, read",
        "MIPS, syscall_3, syscall_3",
        "X86, SYS_328, eventfd2",
        "MIPS, SYS_4255, statfs64",
        "ARM, SYS_983042, cacheflush",
    })
    void numberSpellings(Arch arch, String spelling, String name) {
        assertEquals(Optional.of(name), StraceName.ofNumberSpelling(spelling, arch));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "syscall",
                "syscall_",
                "syscall_0x",
                "syscall_x1",
                "syscall_-1",
                "syscall_+1",
                "syscall_0x-1",
                "syscall_0x10000000000000000",
                "syscall_ 1",
                "syscall_1 ",
                "syscall_1b3",
                "SYS_",
                "SYS_brk",
                "SYS_0x148",
                "SYS_-1",
                "SYS_328x",
                "openat",
                "Syscall_1"
            })
    void otherTextIsNoNumber(String spelling) {
        assertEquals(Optional.empty(), StraceName.ofNumberSpelling(spelling, Arch.X86_64));
    }

    @ParameterizedTest
    @EnumSource
    void ownNamesAreTheirOwnSpelling(Arch arch) {
        for (String name : SyscallTable.of(arch).numbers().keySet()) {
            assertEquals(Optional.of(name), StraceName.toLibseccomp(name, arch));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyNumberSpelledOutIsTheTablesName(Arch arch) {
        SyscallTable.of(arch).numbers().forEach((name, number) -> {
            assertEquals(Optional.of(name), StraceName.ofNumberSpelling("syscall_" + number, arch));
            String hex = "syscall_0x" + Integer.toHexString(number);
            assertEquals(Optional.of(name), StraceName.ofNumberSpelling(hex, arch));
        });
    }

    @Property
    boolean hexAndDecimalSayTheSame(@ForAll @IntRange(max = Integer.MAX_VALUE) int number, @ForAll Arch arch) {
        return StraceName.ofNumberSpelling("syscall_" + number, arch)
                .equals(StraceName.ofNumberSpelling("syscall_0x" + Integer.toHexString(number), arch));
    }

    /** Neither lookup throws on any text, and neither invents a name: the answer is a call of the ABI or a number. */
    @Property
    boolean anyTextIsANameANumberOrNothing(@ForAll String text, @ForAll Arch arch) {
        return List.of(
                        StraceName.toLibseccomp(text, arch),
                        StraceName.ofNumberSpelling(text, arch),
                        StraceName.ofNumberSpelling("syscall_" + text, arch))
                .stream()
                .flatMap(Optional::stream)
                .allMatch(name -> SyscallTable.of(arch).contains(name) || name.matches("syscall_-?\\d+"));
    }

    /** A row that says nothing new, or contradicts the generated table, has to go. */
    @Test
    void everyExceptionIsNeeded() {
        TableResource table = TableResource.read(SyscallTable.class, "strace-names.tsv");
        for (List<String> row : table.rows()) {
            String spelling = row.get(table.column("spelling"));
            for (String abi : row.get(table.column("abis")).split(",")) {
                Arch arch = Arch.parse(abi);
                assertFalse(SyscallTable.of(arch).contains(spelling), spelling + " on " + abi);
                String name = StraceName.toLibseccomp(spelling, arch).orElseThrow();
                assertNotEquals(spelling, name);
            }
            assertTrue(row.get(table.column("strace")).matches("\\d+\\.\\d+-(\\d+\\.\\d+)?"), spelling);
        }
    }
}
