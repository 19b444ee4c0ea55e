package io.github.strait.bpf;

import io.github.strait.argument.Argument;
import io.github.strait.profile.ArgumentSpace;
import io.github.strait.profile.SeccompData;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.SyscallTable;
import java.util.List;
import java.util.OptionalInt;

/** The words of {@code struct seccomp_data} in many calls of one ABI at once. */
final class CallWords {
    /** Further bits of the space, which no condition can test. */
    private static final int HIGH_WORDS = 0;

    private static final int INSTRUCTION_POINTER = HIGH_WORDS + Argument.COUNT * Integer.SIZE;
    private static final int NUMBERS = INSTRUCTION_POINTER + Long.SIZE;

    private final ArgumentSpace space;
    private final Arch abi;
    private final Word number;
    private final List<Argument> arguments;

    private CallWords(ArgumentSpace space, Arch abi, Word number, List<Argument> arguments) {
        this.space = space;
        this.abi = abi;
        this.number = number;
        this.arguments = arguments;
    }

    /** The calls with a number and these arguments, as far as they are known. */
    static CallWords of(ArgumentSpace space, Arch abi, int number, List<Argument> arguments) {
        return new CallWords(space, abi, Word.of(space, number), arguments);
    }

    /** All calls of the ABI. */
    static CallWords of(ArgumentSpace space, Arch abi) {
        return new CallWords(space, abi, numbers(space), Argument.ALL_UNKNOWN);
    }

    private static Word numbers(ArgumentSpace space) {
        return Word.of(space, bit -> space.further(NUMBERS + Integer.SIZE - 1 - bit));
    }

    /** The calls with numbers that belong to the ABI and have no name there; a skipped call belongs to no ABI. */
    static int nameless(ArgumentSpace space, Arch abi) {
        Word number = numbers(space);
        int nameless = space.furtherNot(NUMBERS, SyscallTable.of(abi).numbers().values());
        if (abi != Arch.X86_64 && abi != Arch.X32) {
            return nameless;
        }
        int marked = number.where(Comparison.GE, Word.of(space, SeccompData.X32_BIT));
        int own = abi == Arch.X32 ? marked : space.minus(ArgumentSpace.ALL, marked);
        return space.minus(space.and(nameless, own), number.where(Comparison.EQ, Word.of(space, SeccompData.SKIPPED)));
    }

    /** What a load at an offset gives. */
    Word at(int offset) {
        if (offset == DataWord.NUMBER) {
            return number;
        }
        if (offset == DataWord.ARCH) {
            return Word.of(space, abi.auditToken());
        }
        OptionalInt argument = DataWord.argument(offset);
        if (argument.isEmpty()) {
            return Word.of(space, bit -> space.further(INSTRUCTION_POINTER + offset % Long.BYTES * Byte.SIZE + bit));
        }
        int index = argument.getAsInt();
        boolean isLow = offset == DataWord.low(abi, index);
        return isLow ? low(index) : high(index);
    }

    private Word low(int index) {
        return Word.of(space, bit -> bit(index, bit, space.bit(index, bit)));
    }

    private Word high(int index) {
        if (extendsZeros()) {
            return Word.of(space, 0);
        }
        return Word.of(
                space,
                bit -> bit(
                        index,
                        bit + Integer.SIZE,
                        space.bits() == Long.SIZE
                                ? space.bit(index, bit + Integer.SIZE)
                                : space.further(HIGH_WORDS + index * Integer.SIZE + bit)));
    }

    private int bit(int index, int bit, int unknown) {
        Argument argument = arguments.get(index);
        return (argument.known() >>> bit & 1) == 0 ? unknown : (int) (argument.value() >>> bit & 1);
    }

    /** Whether the kernel shows arguments of 32 bits with zeros above; x32 and MIPS have registers of 64 bits there. */
    private boolean extendsZeros() {
        return abi == Arch.X86 || abi == Arch.ARM || abi == Arch.S390 || abi == Arch.PPC;
    }
}
