package io.github.strait.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.strait.diagnostic.RefusalException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchTest {
    @Test
    void labelsAreThoseOfTheCommandLine() {
        String contract = "x86_64 x86 x32 aarch64 arm riscv64 s390x s390 ppc64le ppc64 ppc "
                + "mips mips64 mips64n32 mipsel mipsel64 mipsel64n32 loongarch64";
        assertEquals(
                List.of(contract.split(" ")),
                Arrays.stream(Arch.values()).map(Arch::label).toList());
    }

    @ParameterizedTest
    @EnumSource
    void everyNameFindsItsArch(Arch arch) {
        for (String name : List.of(arch.label(), arch.scmpToken(), arch.mobyName())) {
            assertEquals(Optional.of(arch), Arch.find(name), name);
            assertEquals(Optional.of(arch), Arch.find(name.toUpperCase(Locale.ROOT)), name);
            assertEquals(arch, Arch.parse(name.toLowerCase(Locale.ROOT)), name);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "amd64, X86_64",
        "i386, X86",
        "i686, X86",
        "arm64, AARCH64",
        "armhf, ARM",
        "armv7l, ARM",
        "ppc64el, PPC64LE",
        "powerpc64, PPC64",
        "mips64el, MIPSEL64",
        "loong64, LOONGARCH64",
        "SCMP_ARCH_MIPS64N32, MIPS64N32",
        "scmp_arch_x32, X32",
    })
    void synonyms(String name, Arch arch) {
        assertEquals(arch, Arch.parse(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x86-64", "SCMP_ARCH_", "SCMP_ARCH_SCMP_ARCH_X86", "vax", " x86_64"})
    void unknownNamesAreRefusedWithTheKnownOnes(String name) {
        assertEquals(Optional.empty(), Arch.find(name));
        Throwable refusal = assertThrows(RefusalException.class, () -> Arch.parse(name));
        assertTrue(String.valueOf(refusal.getMessage()).contains("x86_64"));
    }

    /** Bits of linux/audit.h: the ELF machine in the low half, 64 bit, little endian, MIPS n32. */
    @ParameterizedTest
    @EnumSource
    void tokenAgreesWithWidthAndByteOrder(Arch arch) {
        boolean wideToken = (arch.auditToken() & 0x80000000) != 0;
        boolean n32 = (arch.auditToken() & 0x20000000) != 0;
        assertEquals(arch.pointerBits() == 64, wideToken && !n32 && arch != Arch.X32);
        assertEquals(arch.isBigEndian(), (arch.auditToken() & 0x40000000) == 0);
    }

    @ParameterizedTest
    @CsvSource({
        "X86_64, 0xC000003E",
        "X32, 0xC000003E",
        "X86, 0x40000003",
        "AARCH64, 0xC00000B7",
        "ARM, 0x40000028",
        "RISCV64, 0xC00000F3",
        "S390X, 0x80000016",
        "S390, 0x00000016",
        "PPC64LE, 0xC0000015",
        "PPC, 0x00000014",
        "MIPSEL, 0x40000008",
        "MIPS64N32, 0xA0000008",
        "LOONGARCH64, 0xC0000102",
    })
    void tokens(Arch arch, String token) {
        assertEquals(Long.decode(token).intValue(), arch.auditToken());
    }

    @Test
    void onlyX32SharesAToken() {
        long tokens =
                Arrays.stream(Arch.values()).map(Arch::auditToken).distinct().count();
        assertEquals(Arch.values().length - 1, tokens);
    }

    @ParameterizedTest
    @EnumSource
    void personalitiesAreTheNativeArchAndItsCompanions(Arch arch) {
        Arch nativeArch = arch.nativeArch();
        assertEquals(nativeArch, nativeArch.nativeArch());
        assertEquals(nativeArch, nativeArch.personalities().get(0));
        assertTrue(nativeArch.personalities().contains(arch));
        assertEquals(arch.isBigEndian(), nativeArch.isBigEndian());
    }

    @Test
    void personalitiesOfX86() {
        assertEquals(List.of(Arch.X86_64, Arch.X86, Arch.X32), Arch.X86_64.personalities());
        assertEquals(List.of(Arch.RISCV64), Arch.RISCV64.personalities());
    }
}
