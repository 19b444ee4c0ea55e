package io.github.strait.trace.scan;

import io.github.strait.trace.Ascii;

/** Where an address lies that a call returned, as far as its first digits tell. */
public enum AddressRange {
    /** Anywhere, or the value is not printed as an address. */
    OTHER,
    /** Below 4 GB. */
    LOW,
    /** From 2^44 on, below 2^47. */
    MIDDLE,
    /** From 2^47 on, below 2^48. */
    HIGH;

    private static final AddressRange[] ALL = values();
    private static final int PREFIX = 2;
    private static final int LOW_DIGITS = 8;
    private static final int DIGITS = 12;

    static AddressRange of(int ordinal) {
        return ALL[ordinal];
    }

    /** The range of the number {@code 0x...} that stands here; {@link #OTHER} where none does. */
    public static AddressRange at(byte[] bytes, int from) {
        if (bytes[from] != '0' || bytes[from + 1] != 'x') {
            return OTHER;
        }
        int first = from + PREFIX;
        int p = first;
        while (Ascii.isHexDigit(bytes[p])) {
            p++;
        }
        return p == first ? OTHER : of(bytes[first], p - first);
    }

    /**
     * The range of a hexadecimal number.
     *
     * @param first its first digit
     * @param digits how many it has
     */
    static AddressRange of(byte first, int digits) {
        if (digits <= LOW_DIGITS) {
            return LOW;
        }
        return digits != DIGITS || first == '0' ? OTHER : first >= '1' && first <= '7' ? MIDDLE : HIGH;
    }
}
