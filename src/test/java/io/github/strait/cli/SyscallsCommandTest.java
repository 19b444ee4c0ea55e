package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.api.Machine;
import io.github.strait.cli.Strait.Result;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SyscallsCommandTest {
    @ParameterizedTest
    @CsvSource({
        "435, x86_64, '435:|  x86_64  clone3|'",
        "0x1b3, arm64, '435:|  aarch64  clone3|'",
        "010, x86_64, '10:|  x86_64  mprotect|'",
        "0, x86_64, '0:|  x86_64  read|'",
        "9999, riscv64, '9999:|  riscv64  -|'",
        "0x40000000, x32, '1073741824:|  x32  read|'",
        "open, aarch64, 'open: Linux 1.0|  not on aarch64|'",
        "mseal, x86_64, 'mseal: Linux 6.10|  x86_64  462|'",
    })
    void showsANameOrANumber(String call, String arch, String expected) {
        assertEquals(new Result(0, expected.replace('|', '\n'), ""), Strait.run("syscalls", call, "--arch", arch));
    }

    @Test
    void showsSeveralInTheGivenOrder() {
        String two = Strait.run("syscalls", "write", "3").out();
        assertEquals(
                Strait.run("syscalls", "write").out()
                        + Strait.run("syscalls", "3").out(),
                two);
        assertTrue(two.contains("  loongarch64  64\n"), two);
        assertTrue(two.contains("  mipsel64n32  -\n"), two);
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void listsAWholeTableByNumber(Arch arch) {
        Result result = Strait.run("syscalls", "--arch", arch.label());
        assertEquals(0, result.status());
        int last = -1;
        int rows = 0;
        for (String line : result.out().lines().toList()) {
            String[] cells = line.split(" {2,}");
            int number = Integer.parseInt(cells[0]);
            assertTrue(number > last, line);
            assertEquals(number, SyscallTable.of(arch).number(cells[1]).orElse(-1), line);
            last = number;
            rows++;
        }
        assertEquals(SyscallTable.of(arch).numbers().size(), rows);
    }

    @Test
    void oneUnknownCallAmongKnownOnesPrintsNothing() {
        assertEquals(
                new Result(
                        2,
                        "",
                        "strait: error: unknown call 'opan', and not a number; did you mean"
                                + " 'open'?; list them with: strait syscalls [unknown-syscall]\n"),
                Strait.run("syscalls", "read", "opan"));
    }

    @Test
    void theWholeTableIsThisMachines() {
        assertEquals(
                Strait.run("syscalls", "--arch", Machine.here().label()).out(),
                Strait.run("syscalls").out());
    }
}
