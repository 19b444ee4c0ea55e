package io.github.strait.syscall;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.strait.diagnostic.RefusalException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A syscall ABI: one numbering of the calls, as the kernel's seccomp sees it. The tokens are those of
 * {@code linux/audit.h}; x32 shares the token of x86_64 and differs by bit 30 of the number.
 */
public enum Arch {
    X86_64(0xC000003E, 64, "amd64"),
    X86(0x40000003, 32, "x86", "i386", "i486", "i586", "i686", "386"),
    X32(0xC000003E, 32, "x32"),
    AARCH64(0xC00000B7, 64, "arm64"),
    ARM(0x40000028, 32, "arm", "armhf", "armel", "armv7l", "armv6l"),
    RISCV64(0xC00000F3, 64, "riscv64"),
    S390X(0x80000016, 64, "s390x"),
    S390(0x00000016, 32, "s390"),
    PPC64LE(0xC0000015, 64, "ppc64le", "ppc64el", "powerpc64le"),
    PPC64(0x80000015, 64, "ppc64", "powerpc64"),
    PPC(0x00000014, 32, "ppc", "powerpc"),
    MIPS(0x00000008, 32, "mips"),
    MIPS64(0x80000008, 64, "mips64"),
    MIPS64N32(0xA0000008, 32, "mips64n32"),
    MIPSEL(0x40000008, 32, "mipsel"),
    MIPSEL64(0xC0000008, 64, "mipsel64", "mips64el", "mips64le"),
    MIPSEL64N32(0xE0000008, 32, "mips3l64n32", "mips64eln32"),
    LOONGARCH64(0xC0000102, 64, "loong64");

    private static final int LITTLE_ENDIAN = 0x40000000;
    private static final String TOKEN_PREFIX = "SCMP_ARCH_";
    private static final ImmutableMap<String, Arch> BY_NAME = byName();

    private final String label;
    private final int auditToken;
    private final int pointerBits;
    private final String mobyName;
    private final ImmutableList<String> synonyms;

    Arch(int auditToken, int pointerBits, String mobyName, String... synonyms) {
        this.label = name().toLowerCase(Locale.ROOT);
        this.auditToken = auditToken;
        this.pointerBits = pointerBits;
        this.mobyName = mobyName;
        this.synonyms = ImmutableList.copyOf(synonyms);
    }

    /** The name used on the command line and in observations, such as {@code x86_64}. */
    public String label() {
        return label;
    }

    /** The token of OCI documents, such as {@code SCMP_ARCH_X86_64}. */
    public String scmpToken() {
        return TOKEN_PREFIX + name();
    }

    /** The {@code AUDIT_ARCH_*} value that a filter sees in {@code seccomp_data.arch}. */
    public int auditToken() {
        return auditToken;
    }

    /** The width of a user-space address in bits: 64, or 32 (also for x32 and the MIPS n32 ABIs). */
    public int pointerBits() {
        return pointerBits;
    }

    public boolean isBigEndian() {
        return (auditToken & LITTLE_ENDIAN) == 0;
    }

    /** The Go-like name that Moby's {@code includes.arches} and {@code excludes.arches} use, such as {@code amd64}. */
    public String mobyName() {
        return mobyName;
    }

    /** The ABI of the 64-bit kernel that commonly runs this one; a 64-bit ABI is its own native one. */
    public Arch nativeArch() {
        return switch (this) {
            case X86, X32 -> X86_64;
            case ARM -> AARCH64;
            case S390 -> S390X;
            case PPC -> PPC64;
            case MIPS, MIPS64N32 -> MIPS64;
            case MIPSEL, MIPSEL64N32 -> MIPSEL64;
            default -> this;
        };
    }

    /** Every ABI that a kernel of this native one can run, this one first, in the order of declaration. */
    public ImmutableList<Arch> personalities() {
        ImmutableList.Builder<Arch> all = ImmutableList.<Arch>builder().add(this);
        for (Arch other : values()) {
            if (other != this && other.nativeArch() == this) {
                all.add(other);
            }
        }
        return all.build();
    }

    /** The ABI called so: a {@link #label}, a common synonym such as {@code amd64}, or a {@code SCMP_ARCH_} token. */
    public static Optional<Arch> find(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        String prefix = TOKEN_PREFIX.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(BY_NAME.get(key.startsWith(prefix) ? key.substring(prefix.length()) : key));
    }

    /**
     * The ABI called so, as {@link #find}.
     *
     * @throws RefusalException when there is none; the message lists the names that are known
     */
    public static Arch parse(String name) {
        return find(name)
                .orElseThrow(() ->
                        RefusalException.usage("unknown architecture '" + name + "'; known are: " + knownNames()));
    }

    private static String knownNames() {
        return Arrays.stream(values()).map(Arch::label).collect(Collectors.joining(" "));
    }

    private static ImmutableMap<String, Arch> byName() {
        ImmutableMap.Builder<String, Arch> names = ImmutableMap.builder();
        for (Arch arch : values()) {
            names.put(arch.label, arch);
            if (!arch.mobyName.equals(arch.label)) {
                names.put(arch.mobyName, arch);
            }
            for (String synonym : arch.synonyms) {
                if (!synonym.equals(arch.label) && !synonym.equals(arch.mobyName)) {
                    names.put(synonym, arch);
                }
            }
        }
        return names.buildOrThrow();
    }
}
