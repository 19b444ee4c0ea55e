package io.github.strait.argument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Syscalls;
import io.github.strait.syscall.TableResource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which register a printed argument stands for. */
class PrintedArgumentsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x86_64 | socket     | 1; 0x80801; 0                            | 1 80801 0 _ _ _",
                "x86_64 | ioctl      | 3</dev/tty>; 0x5401 /* TCGETS */; {c=1}  | 3 5401 _ _ _ _",
                "x86_64 | clone      | child_stack=NULL; flags=0x11; child_tidptr=0x7f | 11 0 _ _ _ _",
                "x86_64 | clone      | child_stack=0x10; flags=0x3d0f00; parent_tid=[5]; tls=0x8 | 3d0f00 10 _ _ _ _",
                "s390x  | clone      | child_stack=NULL; flags=0x11              | 0 11 _ _ _ _",
                "x86_64 | pread64    | 3; \"\"; 8; 0x40                          | 3 _ 8 40 _ _",
                "x86    | pread64    | 3; \"\"; 8; 0x40                          | 3 _ 8 _ _ _",
                "x86    | socketcall | 1; 2; 3                                   | 1 _ _ _ _ _",
                "x86    | mmap       | NULL; 4096; 3; 34; -1; 0                  | _ _ _ _ _ _",
                "s390x  | mmap       | NULL; 4096; 3; 34; -1; 0                  | _ _ _ _ _ _",
                "x86    | mmap2      | NULL; 4096; 3; 34; 5; 0x1000              | 0 1000 3 22 5 _",
                "x86_64 | mmap       | NULL; 4096; 3; 34; 5; 0x1000              | 0 1000 3 22 5 1000",
                "x86_64 | preadv2    | 3; [x]; 1; 0; 8                           | 3 _ 1 _ _ _",
                "x86_64 | personality | domain=0x8                               | 8 _ _ _ _ _",
                "x86_64 | frob       | 1; 2; 3; 4; 5; 6; 7                       | 1 2 3 4 5 6",
            })
    void isFound(String arch, String name, String texts, String registers) {
        List<String> printed =
                Arrays.stream(texts.split(";")).map(String::strip).toList();
        assertEquals(
                registers,
                PrintedArguments.registers(Arch.parse(arch), name, printed).stream()
                        .map(value -> value.isLowKnown() ? Long.toHexString(value.value()) : "_")
                        .collect(Collectors.joining(" ")));
    }

    @Test
    void theTableNamesCallsAndAbis() {
        for (List<String> row : TableResource.read(PrintedArguments.class, "printed-arguments.tsv")
                .rows()) {
            assertEquals(3, row.size(), row::toString);
            assertTrue(Syscalls.names().contains(row.get(0)), row::toString);
            if (!List.of("all", "32", "64").contains(row.get(1))) {
                Arrays.stream(row.get(1).split(",")).forEach(Arch::parse);
            }
        }
    }
}
