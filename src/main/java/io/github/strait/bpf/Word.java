package io.github.strait.bpf;

import io.github.strait.profile.ArgumentSpace;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** A word of 32 bits in many calls at once: for each bit, the set of the calls in which it is 1. */
final class Word {
    private static final int[] NO_BITS = {};

    private final ArgumentSpace space;
    private final boolean isConstant;
    private final int value;
    private final int[] bits;

    private Word(ArgumentSpace space, boolean isConstant, int value, int[] bits) {
        this.space = space;
        this.isConstant = isConstant;
        this.value = value;
        this.bits = bits;
    }

    /** @param bits gives a set for each bit, the lowest first */
    static Word of(ArgumentSpace space, IntUnaryOperator bits) {
        int[] sets = new int[Integer.SIZE];
        Arrays.setAll(sets, bits);
        return of(space, sets);
    }

    private static Word of(ArgumentSpace space, int[] sets) {
        int value = 0;
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            if (sets[bit] > ArgumentSpace.ALL) {
                return new Word(space, false, 0, sets);
            }
            value |= sets[bit] << bit;
        }
        return of(space, value);
    }

    /** The same value in all calls. */
    static Word of(ArgumentSpace space, int value) {
        return new Word(space, true, value, NO_BITS);
    }

    /** The calls in which a bit is 1. */
    int bit(int bit) {
        return isConstant ? value >>> bit & 1 : bits[bit];
    }

    /** The calls in which the comparison holds. */
    int where(Comparison test, Word other) {
        if (isConstant && other.isConstant) {
            return test.holds(value, other.value) ? ArgumentSpace.ALL : ArgumentSpace.NONE;
        }
        return switch (test) {
            case EQ -> equal(other);
            case GT -> not(other.isAtLeast(this));
            case GE -> isAtLeast(other);
            case SET -> common(other);
        };
    }

    private int equal(Word other) {
        int equal = ArgumentSpace.ALL;
        for (int bit = 0; bit < Integer.SIZE && equal != ArgumentSpace.NONE; bit++) {
            equal = space.minus(equal, xor(bit(bit), other.bit(bit)));
        }
        return equal;
    }

    private int common(Word other) {
        int common = ArgumentSpace.NONE;
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            common = space.or(common, space.and(bit(bit), other.bit(bit)));
        }
        return common;
    }

    private int isAtLeast(Word other) {
        int atLeast = ArgumentSpace.ALL;
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            int greater = space.minus(bit(bit), other.bit(bit));
            int less = space.minus(other.bit(bit), bit(bit));
            atLeast = space.or(greater, space.minus(atLeast, less));
        }
        return atLeast;
    }

    /** The result of an operation; a division by 0 gives any value. */
    Word apply(Operation operation, Word other) {
        if (isConstant && other.isConstant && (operation != Operation.DIV || other.value != 0)) {
            return of(space, operation.apply(value, other.value));
        }
        return switch (operation) {
            case ADD -> plus(other, ArgumentSpace.NONE);
            case SUB -> minus(other);
            case MUL -> times(other);
            case DIV -> dividedBy(other);
            case OR -> of(space, bit -> space.or(bit(bit), other.bit(bit)));
            case AND -> of(space, bit -> space.and(bit(bit), other.bit(bit)));
            case LSH -> shifted(other, true);
            case RSH -> shifted(other, false);
            case XOR -> of(space, bit -> xor(bit(bit), other.bit(bit)));
        };
    }

    private Word plus(Word other, int carry) {
        int[] sum = new int[Integer.SIZE];
        int carried = carry;
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            int half = xor(bit(bit), other.bit(bit));
            sum[bit] = xor(half, carried);
            carried = space.or(space.and(bit(bit), other.bit(bit)), space.and(half, carried));
        }
        return of(space, sum);
    }

    Word minus(Word other) {
        return plus(of(space, bit -> not(other.bit(bit))), ArgumentSpace.ALL);
    }

    private Word times(Word other) {
        Word product = of(space, 0);
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            int factor = other.bit(bit);
            Word part = moved(bit, true);
            product = product.plus(of(space, each -> space.and(part.bit(each), factor)), ArgumentSpace.NONE);
        }
        return product;
    }

    /** As on paper: the remainder takes in a bit of this, and gives the divisor away where it is large enough. */
    private Word dividedBy(Word other) {
        int[] quotient = new int[Integer.SIZE];
        Word rest = of(space, 0);
        for (int bit = Integer.SIZE - 1; bit >= 0; bit--) {
            // the bit that leaves on the left makes the remainder larger than any divisor
            int overflow = rest.bit(Integer.SIZE - 1);
            int next = bit(bit);
            Word before = rest.moved(1, true);
            Word wider = of(space, each -> each == 0 ? next : before.bit(each));
            quotient[bit] = space.or(overflow, wider.isAtLeast(other));
            rest = wider.minus(other).where(quotient[bit], wider);
        }
        return of(space, quotient);
    }

    private Word shifted(Word other, boolean left) {
        Word shifted = this;
        for (int step = 0; 1 << step < Integer.SIZE; step++) {
            shifted = shifted.moved(1 << step, left).where(other.bit(step), shifted);
        }
        return shifted;
    }

    private Word moved(int distance, boolean left) {
        return of(space, bit -> {
            int from = left ? bit - distance : bit + distance;
            return from >= 0 && from < Integer.SIZE ? bit(from) : ArgumentSpace.NONE;
        });
    }

    /** This word in the calls of a set, the other one in other calls. */
    Word where(int set, Word other) {
        return this == other || isConstant && other.isConstant && value == other.value
                ? this
                : of(
                        space,
                        bit -> bit(bit) == other.bit(bit)
                                ? bit(bit)
                                : space.or(space.and(set, bit(bit)), space.minus(other.bit(bit), set)));
    }

    private int not(int set) {
        return space.minus(ArgumentSpace.ALL, set);
    }

    private int xor(int a, int b) {
        return space.or(space.minus(a, b), space.minus(b, a));
    }
}
