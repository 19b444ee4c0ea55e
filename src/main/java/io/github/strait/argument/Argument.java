package io.github.strait.argument;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import java.util.Collections;

/**
 * The known bits of an argument of a call.
 *
 * @param value the argument; unknown bits are 0
 * @param known a 1 for each bit that is known
 */
public record Argument(long value, long known) {
    /** How many arguments a call has, as far as the kernel's interface goes. */
    public static final int COUNT = 6;

    /** Nothing is known. */
    public static final Argument UNKNOWN = new Argument(0, 0);

    /** Nothing is known of any argument of a call. */
    public static final ImmutableList<Argument> ALL_UNKNOWN = ImmutableList.copyOf(Collections.nCopies(COUNT, UNKNOWN));

    private static final long LOW = 0xffffffffL;

    public Argument {
        Preconditions.checkArgument((value & ~known) == 0, "an argument has bits that are not known");
    }

    /** All 64 bits are known. */
    public static Argument of(long value) {
        return new Argument(value, -1);
    }

    /** The low 32 bits are known, and the others may be anything, because a call that takes an int ignores them. */
    public static Argument low(long value) {
        return new Argument(value & LOW, LOW);
    }

    /** Whether all of the low half is known. */
    public boolean isLowKnown() {
        return (known & LOW) == LOW;
    }

    /** {@code 0x3}, {@code 0x?00000003}, {@code 0x3 of 0xffff}, {@code ?}. */
    @Override
    public String toString() {
        if (known == -1) {
            return "0x" + Long.toHexString(value);
        }
        if (known == LOW) {
            return String.format("0x?%08x", value);
        }
        return known == 0 ? "?" : String.format("0x%x of 0x%x", value, known);
    }
}
