package io.github.strait.follow;

import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Sets of ABIs as bits, by the ordinal of {@link Arch}. Each piece of evidence is such a set, the ABIs it is compatible
 * with, and what is known of a context is the intersection.
 */
final class Abis {
    private static final Arch[] ARCHES = Arch.values();

    /** Every ABI: nothing is known. */
    static final int ALL = (1 << ARCHES.length) - 1;

    static final int WIDE = where(arch -> arch.pointerBits() == 64);
    static final int NARROW = ALL & ~WIDE;
    static final int X32 = of(Arch.X32);

    /**
     * Those that hand out addresses of 2^47 and above unasked: x86_64, riscv64, ppc64 and loongarch64 end at 2^47 unless
     * the program passes a hint beyond it, s390x begins at 2^42 (measured, and {@code TASK_SIZE} of each kernel port).
     */
    static final int HIGH_ADDRESSES = of(Arch.AARCH64);

    /** Where s390x and riscv64 (with 39 address bits) put what is mapped anywhere, and their movable programs. */
    private static final long[][] USUAL = {
        {0x3ff_0000_0000L, 0x400_0000_0000L, of(Arch.S390X)},
        {0x2aa_0000_0000L, 0x2ab_0000_0000L, of(Arch.S390X)},
        {0x3f_0000_0000L, 0x40_0000_0000L, of(Arch.RISCV64)},
        {0x2a_0000_0000L, 0x2b_0000_0000L, of(Arch.RISCV64)},
    };

    /** What each machine runs, when first asked for; never 0. Threads may each find it. */
    private static final int[] PERSONALITIES = new int[ARCHES.length];

    private Abis() {}

    /** The ABIs on which such an address is usual; every other could give it out, too, when asked. */
    static int hintOf(long address) {
        for (long[] range : USUAL) {
            if (address >= range[0] && address < range[1]) {
                return (int) range[2];
            }
        }
        return 0;
    }

    @SuppressWarnings("EnumOrdinal") // the bit never leaves this program
    static int of(Arch arch) {
        return 1 << arch.ordinal();
    }

    static int where(Predicate<Arch> test) {
        int bits = 0;
        for (Arch arch : ARCHES) {
            if (test.test(arch)) {
                bits |= of(arch);
            }
        }
        return bits;
    }

    /** The ABIs of the programs that a kernel of this native ABI can run. */
    static int personalities(Arch machine) {
        int index = Integer.numberOfTrailingZeros(of(machine));
        int bits = PERSONALITIES[index];
        if (bits == 0) {
            for (Arch arch : machine.personalities()) {
                bits |= of(arch);
            }
            PERSONALITIES[index] = bits;
        }
        return bits;
    }

    static boolean isSingle(int bits) {
        return Integer.bitCount(bits) == 1;
    }

    /** The first ABI of a non-empty set. */
    static Arch first(int bits) {
        return ARCHES[Integer.numberOfTrailingZeros(bits)];
    }

    static List<Arch> list(int bits) {
        List<Arch> arches = new ArrayList<>();
        for (Arch arch : ARCHES) {
            if ((bits & of(arch)) != 0) {
                arches.add(arch);
            }
        }
        return arches;
    }

    /**
     * The ABIs that the mode of a personality marker can mean; all of them for an unknown mode.
     *
     * @param mode {@code 64 bit}, {@code 32 bit} or {@code x32}; {@code AArch64} and {@code 32-bit} before 4.11
     */
    static int ofMode(String mode) {
        return switch (mode) {
            case "64 bit", "64-bit", "AArch64" -> WIDE;
            case "32 bit", "32-bit" -> NARROW & ~X32;
            case "x32" -> X32;
            default -> ALL;
        };
    }
}
