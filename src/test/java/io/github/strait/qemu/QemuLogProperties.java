package io.github.strait.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.RefusalException;
import io.github.strait.observation.Run;
import io.github.strait.observation.SyscallObservation;
import io.github.strait.syscall.Arch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a log holds, it is refused or adds up. */
class QemuLogProperties {
    private static final List<String> PIECES = List.of(
            "7 ",
            "8 openat(",
            "close(3)",
            " = 0",
            " = -1 errno=2 (No such file or directory)",
            "\n",
            "\n",
            "\"",
            ",",
            ")",
            "{",
            "Unknown syscall 293\n",
            "Unknown syscall 99999999999\n",
            "--- SIGTERM {si_signo=SIGTERM} ---\n",
            "\r",
            "\u0000",
            "\u001b[1m",
            "é",
            " = 0x0000005500802000\n",
            "exit_group(0)\n",
            "7 clone(0x11,",
            "7 execve(\"/x\",",
            "99999999999 close(1) = 0\n",
            "text",
            " = 3 (x)\n",
            "(",
            "]",
            "sparkle(1)");

    private static Run read(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return QemuLog.read("t", new ByteArrayInputStream(bytes), Optional.of(Arch.AARCH64), lines -> {});
    }

    @Provide
    Arbitrary<String> logs() {
        return Arbitraries.of(PIECES).list().ofMaxSize(40).map(pieces -> String.join("", pieces));
    }

    @Property(tries = 3000)
    void anyTextAddsUp(@ForAll("logs") String log) throws IOException {
        Run run;
        try {
            run = read("7 getpid() = 7\n" + log);
        } catch (RefusalException e) {
            assertTrue(
                    Set.of("abi-contradiction", "no-evidence")
                            .contains(e.diagnostic().code()),
                    e::getMessage);
            return;
        }
        long lines = 1 + log.chars().filter(c -> c == '\n').count() + (log.isEmpty() || log.endsWith("\n") ? 0 : 1);
        assertEquals(lines, run.lines().total());
        long calls = run.architectures().get(Arch.AARCH64).syscalls().values().stream()
                .mapToLong(SyscallObservation::count)
                .sum();
        assertTrue(calls >= run.lines().calls(), () -> calls + " in " + run.lines());
    }

    /** Longer than any buffer: the call is known by its name, and the line after it is whole. */
    @Example
    void aLineOfAMegabyteIsCutAndTheNextIsWhole() throws IOException {
        String path = "x".repeat(1 << 20);
        Run run = read(
                "7 getpid() = 7\n7 openat(AT_FDCWD,\"" + path + "\",O_RDONLY) = 3\n7 getppid() = 1\n7 exit_group(0)\n");
        assertEquals(4, run.lines().total());
        assertEquals(
                Set.of("getpid", "openat", "getppid", "exit_group"),
                run.architectures().get(Arch.AARCH64).syscalls().keySet());
    }

    /** A string that does not end hides no more than one can be long. */
    @Example
    void aStringThatDoesNotEndHidesABoundedPart() throws IOException {
        StringBuilder log = new StringBuilder("7 openat(AT_FDCWD,\"/x\n");
        for (int i = 0; i < 20_000; i++) {
            log.append("7 getpid() = 7\n");
        }
        Run run = read(log + "7 exit_group(0)\n");
        long seen =
                run.architectures().get(Arch.AARCH64).syscalls().get("getpid").count();
        assertTrue(seen > 10_000, () -> seen + " calls");
        assertEquals(20_000 - seen, run.lines().unparsed());
    }
}
