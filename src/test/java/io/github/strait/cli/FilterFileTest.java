package io.github.strait.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.io.BaseEncoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A compiled filter wherever a profile is read. */
class FilterFileTest {
    private static final String PROFILE = """
            {"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 1, "architectures": ["SCMP_ARCH_X86_64"],
             "syscalls": [
              {"names": ["read", "close", "execve", "exit_group"], "action": "SCMP_ACT_ALLOW"},
              {"names": ["openat"], "action": "SCMP_ACT_ALLOW",
               "args": [{"index": 2, "value": 3, "valueTwo": 0, "op": "SCMP_CMP_MASKED_EQ"}]},
              {"names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38}]}
            """;

    private static final String TRACE = """
            openat(AT_FDCWD, "/etc/passwd", O_RDONLY) = 3
            read(3, "root", 4) = 4
            openat(AT_FDCWD, "/tmp/x", O_WRONLY) = 4
            close(3) = 0
            """;

    private static final int LOAD = 0x20;
    private static final int RETURN = 0x06;
    private static final int ALLOW = 0x7fff0000;

    @TempDir
    Path folder;

    private String filter() throws IOException {
        Path document = Files.writeString(folder.resolve("app.json"), PROFILE);
        Path filter = folder.resolve("app.bpf");
        Strait.Result made =
                Strait.run("convert", "-q", document.toString(), "--format", "bpf", "-o", filter.toString());
        assertEquals(0, made.status(), made.err());
        return filter.toString();
    }

    @Test
    void callsAreReplayedAgainstTheFilter() throws IOException {
        Path trace = Files.writeString(folder.resolve("app.strace"), TRACE);
        Strait.Result filter = Strait.run("verify", filter(), trace.toString(), "--arch", "x86_64");
        Strait.Result document =
                Strait.run("verify", folder.resolve("app.json").toString(), trace.toString(), "--arch", "x86_64");
        assertEquals(1, filter.status(), filter.err());
        assertTrue(filter.out().contains("app.strace:3"), filter.out());
        assertTrue(document.out().contains("app.strace:3"), document.out());
    }

    @Test
    void theFilterMeansWhatTheDocumentMeans() throws IOException {
        String filter = filter();
        Strait.Result same = Strait.run("diff", folder.resolve("app.json").toString(), filter);
        assertEquals(0, same.status(), same.out() + same.err());
        Strait.Result document = Strait.run("convert", filter, "--format", "oci");
        assertEquals(0, document.status(), document.err());
        assertTrue(
                document.out().contains("\"value\": 3, \"valueTwo\": 0, \"op\": \"SCMP_CMP_MASKED_EQ\""),
                document.out());
        Path again = folder.resolve("again.bpf");
        Strait.run("convert", filter, "--format", "bpf", "-o", again.toString());
        assertArrayEquals(Files.readAllBytes(Path.of(filter)), Files.readAllBytes(again));
    }

    @Test
    void theFilterIsChecked() throws IOException {
        Strait.Result lint = Strait.run("lint", filter());
        assertEquals(1, lint.status());
        assertTrue(lint.out().contains("app.bpf: error: "), lint.out());
        assertTrue(lint.out().contains("[does-not-start]"), lint.out());
    }

    @Test
    void aFormatWithoutConditionsSaysWhichCallHasOne() throws IOException {
        Strait.Result names = Strait.run("convert", filter(), "--format", "names");
        assertEquals(2, names.status());
        assertTrue(names.err().contains("'openat'"), names.err());
    }

    /** What the kernel refuses is refused with a line that says what and where. */
    @ParameterizedTest
    @CsvSource({
        "2000000000000000060000000000, 14 bytes are not a whole number of 8-byte instructions",
        "2000000000000000, the last instruction does not return",
        "05000000feffffff0600000000000000, instruction 0: a jump over -2 does not go forward",
        "15000500000000000600000000000000, instruction 0 jumps out of the program",
        "94000000030000000600000000000000, instruction 0: the kernel takes no opcode 0x94 in a seccomp filter",
        "60000000030000000600000000000000, instruction 0 reads cell 3 before it is written",
        "20000000410000000600000000000000, instruction 0: a load at 65 is not a word of the 64 bytes of seccomp_data",
    })
    void whatTheKernelRefusesIsRefused(String hex, String why) throws IOException {
        Path file = folder.resolve("bad.bpf");
        Files.write(file, BaseEncoding.base16().lowerCase().decode(hex));
        Strait.Result lint = Strait.run("lint", file.toString());
        assertEquals(2, lint.status());
        assertEquals(
                file + ": error: is not a filter that the kernel accepts: " + why + " [unreadable-profile]\n",
                lint.err());
    }

    @Test
    void aFilterThatIsTooLongIsRefused() throws IOException {
        ByteBuffer code = buffer(4097);
        for (int i = 0; i < 4096; i++) {
            put(code, LOAD, 0, 0, 0);
        }
        put(code, RETURN, 0, 0, ALLOW);
        Strait.Result lint = Strait.run("lint", write(code).toString());
        assertEquals(2, lint.status());
        assertTrue(lint.err().contains("4097 instructions; the kernel takes 1 to 4096"), lint.err());
    }

    /** Filters whose conditions are as many as the instructions, or which compute what takes exponential memory. */
    @ParameterizedTest
    @ValueSource(strings = {"branches", "product", "hash"})
    void hostileFiltersEndInARefusal(String kind) throws IOException {
        ByteBuffer code = buffer(4096);
        put(code, LOAD, 0, 0, 16);
        put(code, 0x07, 0, 0, 0);
        int i = 0;
        while (code.remaining() > 4 * 8) {
            put(code, LOAD, 0, 0, 16 + 4 * (i % 12));
            switch (kind) {
                case "branches" -> put(code, 0x45, 1, 0, 1 << i % 32);
                case "product" -> put(code, 0x2c, 0, 0, 0);
                default -> {
                    put(code, 0xac, 0, 0, 0);
                    put(code, 0x24, 0, 0, 0x9e3779b1);
                }
            }
            put(code, kind.equals("branches") ? 0x05 : 0x07, 0, 0, 0);
            i++;
        }
        put(code, 0x15, 0, 1, 12345);
        while (code.hasRemaining()) {
            put(code, RETURN, 0, 0, ALLOW);
        }
        Path file = write(code);
        Strait.Result lint =
                assertTimeoutPreemptively(Duration.ofMinutes(1), () -> Strait.run("lint", file.toString()));
        assertEquals(2, lint.status(), lint.out());
        assertEquals(1, lint.err().lines().count(), lint.err());
    }

    /** All calls of x86_64, and none of i386 and x32, which are shut out on purpose. */
    @Test
    void anAbiThatIsShutOutIsNotJudged() throws IOException {
        ByteBuffer code = buffer(7);
        put(code, LOAD, 0, 0, 4);
        put(code, 0x15, 1, 0, 0xc000003e);
        put(code, RETURN, 0, 0, 0x00050001);
        put(code, LOAD, 0, 0, 0);
        put(code, 0x35, 1, 0, 0x40000000);
        put(code, RETURN, 0, 0, ALLOW);
        put(code, RETURN, 0, 0, 0x00050001);
        Strait.Result lint = Strait.run("lint", write(code));
        assertFalse(lint.out().isEmpty());
        assertFalse(lint.out().contains("everything is denied"), lint.out());
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(8 * size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void put(ByteBuffer code, int opcode, int whenTrue, int whenFalse, int value) {
        code.putShort((short) opcode).put((byte) whenTrue).put((byte) whenFalse).putInt(value);
    }

    private Path write(ByteBuffer code) throws IOException {
        return Files.write(folder.resolve("made.bpf"), code.array());
    }
}
