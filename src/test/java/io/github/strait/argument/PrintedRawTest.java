package io.github.strait.argument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What strace prints as {@code record} calls it is read back as what the registers held, for every call. */
class PrintedRawTest {
    private static final long FIRST = 0x21;

    private static ImmutableMap<String, List<String>> calls() throws IOException {
        String table = Resources.toString(
                Resources.getResource(PrintedRawTest.class, "printed-raw.tsv"), StandardCharsets.UTF_8);
        ImmutableMap.Builder<String, List<String>> calls = ImmutableMap.builder();
        table.lines().filter(line -> !line.startsWith("#")).skip(1).forEach(line -> {
            List<String> row = Splitter.on('\t').splitToList(line);
            calls.put(row.get(0), Splitter.on(", ").omitEmptyStrings().splitToList(row.get(1)));
        });
        return calls.buildOrThrow();
    }

    @Test
    void noRegisterIsReadWrong() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, List<String>> call : calls().entrySet()) {
            List<Argument> registers = PrintedArguments.registers(Arch.X86_64, call.getKey(), call.getValue());
            for (int i = 0; i < registers.size(); i++) {
                if (registers.get(i).isLowKnown() && (int) registers.get(i).value() != FIRST + i) {
                    wrong.add(call.getKey() + " argument " + i + ": " + registers.get(i) + " of " + call.getValue());
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void nearlyAllThatIsPrintedIsRead() throws IOException {
        long printed = 0;
        long read = 0;
        for (Map.Entry<String, List<String>> call : calls().entrySet()) {
            printed += Math.min(6, call.getValue().size());
            read += PrintedArguments.registers(Arch.X86_64, call.getKey(), call.getValue()).stream()
                    .filter(Argument::isLowKnown)
                    .count();
        }
        assertTrue(read * 100 >= printed * 99, read + " of " + printed);
    }

    /** The arguments on which filters decide. */
    @ParameterizedTest
    @CsvSource({
        "socket, 3",
        "ioctl, 2",
        "fcntl, 2",
        "prctl, 1",
        "clone, 2",
        "unshare, 1",
        "setns, 2",
        "personality, 1",
        "mmap, 6",
        "mprotect, 3",
        "madvise, 3",
        "setsockopt, 3",
        "ptrace, 2",
        "keyctl, 1",
        "bpf, 1",
        "seccomp, 2",
        "openat, 3",
        "kill, 2",
        "rt_sigprocmask, 1",
        "mount, 3",
        "memfd_create, 2",
        "pipe2, 2",
    })
    void theFirstArgumentsAreKnown(String name, int count) throws IOException {
        List<Argument> registers = PrintedArguments.registers(Arch.X86_64, name, calls().get(name));
        for (int i = 0; i < count; i++) {
            assertTrue(registers.get(i).isLowKnown(), name + " argument " + i + " of " + calls().get(name));
        }
    }
}
