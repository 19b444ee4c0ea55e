package io.github.strait.condition;

import com.google.common.collect.ImmutableList;
import io.github.strait.profile.Condition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Calls whose registers have certain bits: for each register a mask, and the value under it. Where the mask is 0, any
 * value is meant.
 */
final class Cube {
    private final long[] masks;
    private final long[] values;

    private Cube(long[] masks, long[] values) {
        this.masks = masks;
        this.values = values;
    }

    /** All calls. */
    static Cube all() {
        return new Cube(new long[Condition.ARGUMENTS], new long[Condition.ARGUMENTS]);
    }

    /** The calls that satisfy all of these conditions, each a comparison under a mask. */
    static Cube of(Iterable<Condition> conditions) {
        Cube cube = all();
        for (Condition condition : conditions) {
            cube = cube.with(condition.index(), condition.value(), condition.valueTwo());
        }
        return cube;
    }

    /** Those of these calls whose register has this value under the mask, which looks at bits that are free. */
    Cube with(int register, long mask, long value) {
        long[] newMasks = masks.clone();
        long[] newValues = values.clone();
        newMasks[register] |= mask;
        newValues[register] |= value & mask;
        return new Cube(newMasks, newValues);
    }

    /** The bits of a register that count. */
    long mask(int register) {
        return masks[register];
    }

    /** The value of a register under its mask. */
    long value(int register) {
        return values[register];
    }

    /** Whether some call is in both. */
    boolean meets(Cube other) {
        for (int i = 0; i < masks.length; i++) {
            if (((values[i] ^ other.values[i]) & masks[i] & other.masks[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The calls that are in both, which must meet. */
    Cube and(Cube other) {
        Cube both = this;
        for (int i = 0; i < masks.length; i++) {
            both = both.with(i, other.masks[i], other.values[i]);
        }
        return both;
    }

    /** Whether all of the other's calls are in this. */
    boolean contains(Cube other) {
        for (int i = 0; i < masks.length; i++) {
            if ((masks[i] & ~other.masks[i]) != 0 || ((values[i] ^ other.values[i]) & masks[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether all of its calls are in the union: it is divided by the bits that those look at which it meets. */
    boolean isWithin(List<Cube> union) {
        for (Cube cube : union) {
            if (cube.contains(this)) {
                return true;
            }
        }
        for (Cube cube : union) {
            for (int i = 0; i < masks.length && cube.meets(this); i++) {
                long bit = Long.lowestOneBit(cube.masks[i] & ~masks[i]);
                if (bit != 0) {
                    return with(i, bit, 0).isWithin(union) && with(i, bit, bit).isWithin(union);
                }
            }
        }
        return false;
    }

    /** One condition for each register that it looks at; none when all calls are meant. */
    ImmutableList<Condition> conditions() {
        ImmutableList.Builder<Condition> conditions = ImmutableList.builder();
        for (int i = 0; i < masks.length; i++) {
            if (masks[i] != 0) {
                conditions.add(Condition.maskedEqual(i, masks[i], values[i]));
            }
        }
        return conditions.build();
    }

    /** The calls that are in both unions, without the cubes that others hold. */
    static List<Cube> both(List<Cube> one, List<Cube> other) {
        List<Cube> both = new ArrayList<>();
        for (Cube first : one) {
            for (Cube second : other) {
                if (first.meets(second)) {
                    both.add(first.and(second));
                }
            }
        }
        return needed(both);
    }

    /** In order, without those that another one holds. */
    static List<Cube> needed(List<Cube> cubes) {
        List<Cube> needed = new ArrayList<>();
        for (int i = 0; i < cubes.size(); i++) {
            if (!isHeld(cubes, i)) {
                int place = needed.size();
                while (place > 0 && compare(cubes.get(i), needed.get(place - 1)) < 0) {
                    place--;
                }
                needed.add(place, cubes.get(i));
            }
        }
        return needed;
    }

    /** Whether another cube holds the one at this place; of equal ones the first stays. */
    private static boolean isHeld(List<Cube> cubes, int place) {
        for (int i = 0; i < cubes.size(); i++) {
            if (i != place
                    && cubes.get(i).contains(cubes.get(place))
                    && (i < place || !cubes.get(place).contains(cubes.get(i)))) {
                return true;
            }
        }
        return false;
    }

    /** The order of documents: by the values of the registers, the narrower mask first. */
    private static int compare(Cube one, Cube other) {
        int byValue = Arrays.compareUnsigned(one.values, other.values);
        return byValue != 0 ? byValue : Arrays.compareUnsigned(other.masks, one.masks);
    }

    @Override
    public String toString() {
        return conditions().toString();
    }
}
