package io.github.strait.argument;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import java.util.Collections;

/**
 * The known part of an argument of a call: nothing, its low half, or all of it.
 *
 * @param value the argument; unknown bits are 0
 */
public record Argument(long value, boolean isLowKnown, boolean isHighKnown) {
    /** How many arguments a call has, as far as the kernel's interface goes. */
    public static final int COUNT = 6;

    /** Nothing is known. */
    public static final Argument UNKNOWN = new Argument(0, false, false);

    /** Nothing is known of any argument of a call. */
    public static final ImmutableList<Argument> ALL_UNKNOWN = ImmutableList.copyOf(Collections.nCopies(COUNT, UNKNOWN));

    private static final long LOW = 0xffffffffL;

    public Argument {
        Preconditions.checkArgument(
                (isLowKnown || (value & LOW) == 0) && (isHighKnown || value >>> Integer.SIZE == 0),
                "an argument has bits that are not known");
    }

    /** All 64 bits are known. */
    public static Argument of(long value) {
        return new Argument(value, true, true);
    }

    /** The low 32 bits are known, and the others may be anything, because a call that takes an int ignores them. */
    public static Argument low(long value) {
        return new Argument(value & LOW, true, false);
    }

    /** {@code 0x3}, {@code 0x?00000003}, {@code ?}. */
    @Override
    public String toString() {
        if (isHighKnown) {
            return "0x" + Long.toHexString(value);
        }
        return isLowKnown ? String.format("0x?%08x", value) : "?";
    }
}
