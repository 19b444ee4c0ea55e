package io.github.strait.bpf;

import org.jspecify.annotations.Nullable;

/**
 * The values that a word may have after the branches taken so far.
 *
 * @param from the least, unsigned
 * @param to the greatest, unsigned
 */
record Range(int from, int to) {
    /** Any value. */
    static final Range ALL = new Range(0, -1);

    boolean isSingle() {
        return from == to;
    }

    /**
     * The values for which a test holds, or does not hold; null when there are none. Values that a range cannot exclude
     * stay in it.
     */
    @Nullable
    Range where(Comparison test, int operand, boolean holds) {
        return switch (test) {
            case EQ -> holds ? between(operand, operand) : without(operand);
            case GT -> holds ? (operand == -1 ? null : between(operand + 1, -1)) : between(0, operand);
            case GE -> holds ? between(operand, -1) : (operand == 0 ? null : between(0, operand - 1));
            case SET -> isSingle() && test.holds(from, operand) != holds ? null : this;
        };
    }

    private @Nullable Range between(int least, int greatest) {
        int low = Integer.compareUnsigned(from, least) >= 0 ? from : least;
        int high = Integer.compareUnsigned(to, greatest) <= 0 ? to : greatest;
        return Integer.compareUnsigned(low, high) <= 0 ? new Range(low, high) : null;
    }

    private @Nullable Range without(int value) {
        if (isSingle() && from == value) {
            return null;
        }
        return from == value ? new Range(from + 1, to) : to == value ? new Range(from, to - 1) : this;
    }
}
