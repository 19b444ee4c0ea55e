package io.github.strait.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElfReaderTest {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("file");
    }

    private ElfFile read(byte[] bytes) throws IOException {
        Files.write(file(), bytes);
        return ElfReader.read(file(), name -> true);
    }

    private static ElfSample sample(boolean isWide, ByteOrder order, int machine) {
        return new ElfSample(isWide, order, machine)
                .interpreter("/lib/ld.so.1")
                .needs("libc.so.6", "libz.so.1")
                .rpath("/opt:$ORIGIN")
                .runpath("/srv")
                .imports("setsid", "kill")
                .exports("main");
    }

    @ParameterizedTest
    @CsvSource({
        "x86_64, true, true, 62", "x32, false, true, 62", "x86, false, true, 3", "aarch64, true, true, 183",
        "arm, false, true, 40", "riscv64, true, true, 243", "s390x, true, false, 22", "s390, false, false, 22",
        "ppc64le, true, true, 21", "ppc64, true, false, 21", "ppc, false, false, 20", "mips, false, false, 8",
        "mips64, true, false, 8", "mipsel, false, true, 8", "mipsel64, true, true, 8", "loongarch64, true, true, 258"
    })
    void readsAllMachinesAlike(String arch, boolean isWide, boolean isLittle, int machine) throws IOException {
        ByteOrder order = isLittle ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        ElfFile file = read(sample(isWide, order, machine).bytes());
        assertEquals(Optional.of(Arch.parse(arch)), file.arch());
        assertEquals(Optional.of("/lib/ld.so.1"), file.interpreter());
        assertEquals(List.of("libc.so.6", "libz.so.1"), file.needed());
        assertEquals(List.of("/opt", "$ORIGIN"), file.rpath());
        assertEquals(List.of("/srv"), file.runpath());
        assertEquals(Set.of("kill", "setsid"), file.imports());
        assertFalse(file.isGo());
    }

    @Test
    void findsImportsByTheOldTableOfHashes() throws IOException {
        assertEquals(
                Set.of("kill", "setsid"),
                read(sample(false, ByteOrder.BIG_ENDIAN, 20).withOldHash().bytes())
                        .imports());
    }

    @Test
    void knowsProgramsOfGoAndStaticOnes() throws IOException {
        assertTrue(read(ElfSample.usual().ofGo().bytes()).isGo());
        ElfFile file = read(ElfSample.usual().linkedStatically().bytes());
        assertFalse(file.isDynamic());
        assertEquals(Set.of(), file.imports());
    }

    @Test
    void refusesWhatIsNoProgram() throws IOException {
        assertEquals("is not an ELF file", refusal("hello".getBytes()));
        assertEquals("is not an ELF file", refusal(new byte[0]));
        byte[] object = ElfSample.usual().bytes();
        object[16] = 1;
        assertEquals("is neither a program nor a library", refusal(object));
        assertEquals(
                "is not a regular file",
                assertThrows(ElfException.class, () -> ElfReader.read(folder, name -> true))
                        .getMessage());
    }

    private String refusal(byte[] bytes) {
        return String.valueOf(
                assertThrows(ElfException.class, () -> read(bytes)).getMessage());
    }

    /** Every cut and many changed bytes: a refusal or a value, soon, and never any other exception. */
    @Test
    void survivesDamage() {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            Random random = new Random(1);
            for (boolean isWide : new boolean[] {true, false}) {
                byte[] whole = sample(isWide, ByteOrder.BIG_ENDIAN, 22).ofGo().bytes();
                for (int length = 0; length < whole.length; length += 3) {
                    survives(Arrays.copyOf(whole, length));
                }
                for (int round = 0; round < 3000; round++) {
                    byte[] damaged = whole.clone();
                    for (int i = 0; i <= random.nextInt(4); i++) {
                        damaged[random.nextInt(damaged.length)] =
                                (byte) (random.nextBoolean() ? 0xff : random.nextInt());
                    }
                    survives(damaged);
                }
            }
        });
    }

    private void survives(byte[] bytes) throws IOException {
        try {
            assertTrue(read(bytes).needed().size() < 2000);
        } catch (ElfException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
        }
    }

    @Test
    void readsTheInterpreterOfAScript() throws IOException {
        Files.writeString(file(), "#! /bin/sh -e\ntrue\n");
        assertEquals(Optional.of("/bin/sh"), ElfReader.script(file()));
        Files.writeString(file(), "#!\n");
        assertEquals(Optional.empty(), ElfReader.script(file()));
    }
}
