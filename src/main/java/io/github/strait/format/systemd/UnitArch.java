package io.github.strait.format.systemd;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.github.strait.syscall.Arch;
import java.util.Arrays;
import java.util.Optional;

/** How {@code SystemCallArchitectures=} spells ABIs (seccomp-util.c of systemd 252; {@code loongarch64} since 255). */
final class UnitArch {
    /** The ABI that systemd was compiled for. */
    static final String NATIVE = "native";

    private static final ImmutableMap<String, Arch> BY_NAME =
            Maps.uniqueIndex(Arrays.asList(Arch.values()), UnitArch::name);

    private UnitArch() {}

    static String name(Arch arch) {
        return switch (arch) {
            case X86_64 -> "x86-64";
            case AARCH64 -> "arm64";
            case PPC64LE -> "ppc64-le";
            case MIPS64N32 -> "mips64-n32";
            case MIPSEL -> "mips-le";
            case MIPSEL64 -> "mips64-le";
            case MIPSEL64N32 -> "mips64-le-n32";
            case X86, X32, ARM, RISCV64, S390X, S390, PPC64, PPC, MIPS, MIPS64, LOONGARCH64 -> arch.label();
        };
    }

    /** The ABI of that name; empty when systemd has none, in other case too. */
    static Optional<Arch> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    static Iterable<String> names() {
        return BY_NAME.keySet();
    }
}
