package io.github.strait.trace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds bytes eight at a time. Measured on 270 MB of recorded traces: this and the kinds of bytes in
 * {@link ArgumentScanner} save three tenths of the time that reading them takes.
 */
public final class ByteSearch {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    /** In each byte, 128 less 10: added to a digit it leaves the high bit clear. */
    private static final long BELOW_TEN = 0x7676_7676_7676_7676L;

    private static final long ZEROS = ONES * '0';
    private static final long SPACES = ONES * ' ';
    private static final long PAIRS = 0x0000_00FF_0000_00FFL;
    private static final long HIGHS = 0x8080808080808080L;
    /** Times 256 to the power of n, it has n in its three highest bits. */
    private static final long PLACES = 0x0020_4060_80A0_C0E0L;

    private ByteSearch() {}

    /** The two bytes at a place, the first of them lower. */
    public static int pair(byte[] bytes, int from) {
        return (short) SHORTS.get(bytes, from) & 0xffff;
    }

    /** The eight bytes at a place, the first of them lowest. */
    public static long word(byte[] bytes, int from) {
        return (long) LONGS.get(bytes, from);
    }

    /** How many of the eight bytes are leading digits. */
    public static int digits(long word) {
        long values = word ^ ZEROS;
        // of the first byte that is none, and maybe of later ones, the high bit is set
        long others = (values + BELOW_TEN | values) & HIGHS;
        return others == 0 ? Long.BYTES : first(others);
    }

    /**
     * The first of eight bytes whose high bit is set; one is, and no other bit. Without the optimising compiler, {@link
     * Long#numberOfTrailingZeros} is code whose branches cannot be predicted: with it a search takes 22 ns instead of 12.
     */
    private static int first(long highs) {
        return (int) (((highs & -highs) >>> Byte.SIZE - 1) * PLACES >>> Long.SIZE - 3);
    }

    /** The decimal number that the first of the eight bytes are, at least 1 and at most 8 digits. */
    public static int decimal(long word, int digits) {
        // as if zeros stood in front; then two, four and eight digits become a number at once
        long values = (word ^ ZEROS) << Long.SIZE - Byte.SIZE * digits;
        long pairs = values * 10 + (values >>> 8);
        return (int)
                ((pairs & PAIRS) * 0x000F_4240_0000_0064L + (pairs >>> 16 & PAIRS) * 0x0000_2710_0000_0001L >>> 32);
    }

    /** The first place of a byte, which must be there. */
    public static int find(byte[] bytes, int from, byte wanted) {
        long pattern = ONES * (wanted & 0xffL);
        int p = from;
        while (true) {
            long other = (long) LONGS.get(bytes, p) ^ pattern;
            long zero = other - ONES & ~other & HIGHS;
            if (zero != 0) {
                return p + first(zero);
            }
            p += Long.BYTES;
        }
    }

    /** The first place of either byte; one of them must be there. */
    public static int findEither(byte[] bytes, int from, byte one, byte two) {
        return findAny(bytes, from, one, two, two);
    }

    /** The first place of any of three bytes; one of them must be there. */
    public static int findAny(byte[] bytes, int from, byte one, byte two, byte three) {
        long onePattern = ONES * (one & 0xffL);
        long twoPattern = ONES * (two & 0xffL);
        long threePattern = ONES * (three & 0xffL);
        int p = from;
        while (true) {
            long word = (long) LONGS.get(bytes, p);
            long first = word ^ onePattern;
            long second = word ^ twoPattern;
            long third = word ^ threePattern;
            long zero = (first - ONES & ~first | second - ONES & ~second | third - ONES & ~third) & HIGHS;
            if (zero != 0) {
                return p + first(zero);
            }
            p += Long.BYTES;
        }
    }

    /** The first place of a byte in the range, or {@code to}. */
    public static int find(byte[] bytes, int from, int to, byte wanted) {
        long pattern = ONES * (wanted & 0xffL);
        int p = from;
        while (p + Long.BYTES <= to) {
            long other = (long) LONGS.get(bytes, p) ^ pattern;
            // the lowest high bit left stands where a byte of the difference is zero
            long zero = other - ONES & ~other & HIGHS;
            if (zero != 0) {
                return p + first(zero);
            }
            p += Long.BYTES;
        }
        while (p < to && bytes[p] != wanted) {
            p++;
        }
        return p;
    }

    /** The first place in the range of a byte below a space or of no ASCII, or {@code to}. */
    public static int findUnusual(byte[] bytes, int from, int to) {
        int p = from;
        while (p + Long.BYTES <= to) {
            long word = (long) LONGS.get(bytes, p);
            // the lowest high bit left stands where there is such a byte
            long unusual = (word - SPACES | word) & HIGHS;
            if (unusual != 0) {
                return p + first(unusual);
            }
            p += Long.BYTES;
        }
        while (p < to && bytes[p] >= ' ') {
            p++;
        }
        return p;
    }

    /** The first place of either byte in the range, or {@code to}. */
    public static int findEither(byte[] bytes, int from, int to, byte one, byte two) {
        long onePattern = ONES * (one & 0xffL);
        long twoPattern = ONES * (two & 0xffL);
        int p = from;
        while (p + Long.BYTES <= to) {
            long word = (long) LONGS.get(bytes, p);
            long first = word ^ onePattern;
            long second = word ^ twoPattern;
            long zero = (first - ONES & ~first | second - ONES & ~second) & HIGHS;
            if (zero != 0) {
                return p + first(zero);
            }
            p += Long.BYTES;
        }
        while (p < to && bytes[p] != one && bytes[p] != two) {
            p++;
        }
        return p;
    }
}
