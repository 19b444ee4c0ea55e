package io.github.strait.profile;

import io.github.strait.syscall.Arch;

/**
 * A test of one argument of a call.
 *
 * @param index which argument; 0 to 5, because {@code struct seccomp_data} has six (runc and crun refuse others)
 * @param operator the comparison
 * @param value the number compared with, or the mask of {@link Operator#MASKED_EQ}; unsigned
 * @param valueTwo the number compared with under a mask; unsigned, and 0 unless {@link Operator#takesValueTwo}, because
 *     libseccomp ignores it there and a reader would not
 */
public record Condition(int index, Operator operator, long value, long valueTwo) {
    /** The number of arguments that a filter sees. */
    public static final int ARGUMENTS = 6;

    private static final long LOW_WORD = 0xffffffffL;

    public Condition {
        if (index < 0 || index >= ARGUMENTS) {
            throw ValueChecks.illegal("argument index " + index + " is outside 0 to " + (ARGUMENTS - 1));
        }
        if (valueTwo != 0 && !operator.takesValueTwo()) {
            throw ValueChecks.illegal("valueTwo means nothing to " + operator + "; leave it out");
        }
    }

    public static Condition of(int index, Operator operator, long value) {
        return new Condition(index, operator, value, 0);
    }

    public static Condition maskedEqual(int index, long mask, long value) {
        return new Condition(index, Operator.MASKED_EQ, mask, value);
    }

    /**
     * Whether a call of this ABI satisfies the condition. On an ABI with 32-bit addresses (x32 too) libseccomp compares
     * the low words alone, so both spellings of -100 match there.
     */
    public boolean test(Arch abi, long argument) {
        long word = word(abi);
        return operator.test(argument & word, value & word, valueTwo & word);
    }

    /** Whether the condition looks at no bit of the argument on this ABI: libseccomp then takes it for none at all. */
    public boolean isVacuous(Arch abi) {
        return operator == Operator.MASKED_EQ && (value & word(abi)) == 0;
    }

    private static long word(Arch abi) {
        return abi.pointerBits() == 32 ? LOW_WORD : -1L;
    }

    /** For people: {@code arg1 EQ 21505}, {@code arg0 & 0x7e020000 == 0}. */
    @Override
    public String toString() {
        return operator == Operator.MASKED_EQ
                ? "arg" + index + " & 0x" + Long.toHexString(value) + " == " + Long.toUnsignedString(valueTwo)
                : "arg" + index + " " + operator + " " + Long.toUnsignedString(value);
    }
}
