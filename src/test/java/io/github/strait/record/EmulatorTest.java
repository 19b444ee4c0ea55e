package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.Arch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmulatorTest {
    @TempDir
    private Path directory;

    private Emulator found(Arch guest) {
        return Emulator.find(guest, new CallerEnvironment(Map.of("PATH", directory.toString()), false));
    }

    private Path write(String name) throws Exception {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\necho " + name + " version 9.1 '(D 1:9)'\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @ParameterizedTest
    @CsvSource({"AARCH64, qemu-aarch64", "X86, qemu-i386", "MIPSEL64, qemu-mips64el", "MIPS64N32, qemu-mipsn32"})
    void eachAbiHasItsOwn(Arch guest, String name) throws Exception {
        Path plain = write(name);
        assertEquals(new Emulator(guest, plain, name + " 9.1"), found(guest));
        Path apart = write(name + "-static");
        assertEquals(apart, found(guest).program(), "it obeys no LD_PRELOAD");
    }

    @Test
    void whatIsMissingIsNamed() {
        RefusalException missing = assertThrows(RefusalException.class, () -> found(Arch.S390X));
        assertTrue(missing.getMessage().contains("apt-get install qemu-user-static"), missing.getMessage());
        assertThrows(RefusalException.class, () -> found(Arch.X32));
    }

    @Test
    void theProgramKeepsItsName() {
        Emulator emulator = new Emulator(Arch.ARM, Path.of("/q"), "");
        assertEquals(
                List.of("/q", "-d", "strace", "-D", "/l", "-L", "/r", "-E", "LD_X=1", "-0", "sh", "/bin/sh", "-c", ":"),
                emulator.command(
                        Path.of("/l"),
                        Optional.of(Path.of("/r")),
                        List.of("LD_X=1"),
                        Path.of("/bin/sh"),
                        ImmutableList.of("sh", "-c", ":")));
        assertEquals("odd", Emulator.version("odd"));
    }
}
