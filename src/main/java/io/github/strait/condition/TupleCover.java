package io.github.strait.condition;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.argument.ValuePattern;
import io.github.strait.profile.Condition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * The exact cover of tuples by cubes: of all cubes that hold nothing else, the one that adds most tuples, until none is
 * missing. Tuples with a free position are covered apart from others.
 */
final class TupleCover {
    /** How many bits of a register a cube may leave free to be taken apart. */
    private static final int FREE = 7;

    private final int[] registers;
    private final long[] widths;
    private final List<Cube> cubes = new ArrayList<>();

    /**
     * Begins with nothing.
     *
     * @param registers of the positions of a tuple
     * @param widths the bits that count in each of them; values have no others
     */
    TupleCover(int[] registers, long[] widths) {
        this.registers = registers;
        this.widths = widths;
    }

    /** The cubes whose union is these tuples. */
    List<Cube> of(List<ValuePattern> patterns) {
        TreeMap<Integer, List<ValuePattern>> shapes = new TreeMap<>();
        for (ValuePattern pattern : patterns) {
            shapes.computeIfAbsent(bound(pattern), key -> new ArrayList<>()).add(pattern);
        }
        // fewer positions that count, first: what they cover need not be covered again
        List<Integer> order = new ArrayList<>(shapes.keySet());
        order.sort((one, other) -> Integer.compare(Integer.bitCount(one), Integer.bitCount(other)));
        for (int shape : order) {
            cover(shape, tuples(shapes.getOrDefault(shape, List.of()), shape));
        }
        return cubes;
    }

    /** The same set in as few cubes as a cover of it takes, in order; as they are where they leave too many bits free. */
    static List<Cube> again(List<Cube> cubes) {
        long[] widths = new long[Condition.ARGUMENTS];
        int[] registers = new int[widths.length];
        for (int i = 0; i < widths.length; i++) {
            registers[i] = i;
            for (Cube cube : cubes) {
                widths[i] |= cube.mask(i);
            }
        }
        List<ValuePattern> patterns = new ArrayList<>();
        for (Cube cube : cubes) {
            ImmutableList.Builder<ImmutableSortedSet<Long>> sets = ImmutableList.builder();
            for (int i = 0; i < widths.length; i++) {
                long free = widths[i] & ~cube.mask(i);
                if (cube.mask(i) != 0 && Long.bitCount(free) > FREE) {
                    return Cube.needed(cubes);
                }
                sets.add(cube.mask(i) == 0 ? ImmutableSortedSet.of() : values(cube.value(i), free));
            }
            patterns.add(new ValuePattern(sets.build()));
        }
        return Cube.needed(new TupleCover(registers, widths).of(patterns));
    }

    private static ImmutableSortedSet<Long> values(long value, long free) {
        ImmutableSortedSet.Builder<Long> values = ImmutableSortedSet.naturalOrder();
        long some = 0;
        do {
            values.add(value | some);
            some = (some - free) & free;
        } while (some != 0);
        return values.build();
    }

    /** The positions that count, as bits. */
    private static int bound(ValuePattern pattern) {
        int bound = 0;
        for (int i = 0; i < pattern.sets().size(); i++) {
            bound |= pattern.sets().get(i).isEmpty() ? 0 : 1 << i;
        }
        return bound;
    }

    /** The tuples of patterns of one shape that are not covered yet, with 0 where any value is meant. */
    private List<long[]> tuples(List<ValuePattern> patterns, int shape) {
        List<long[]> tuples = new ArrayList<>();
        for (ValuePattern pattern : patterns) {
            expand(pattern, new long[registers.length], 0, tuples);
        }
        tuples.removeIf(tuple -> isCovered(single(tuple, shape)));
        return tuples;
    }

    private static void expand(ValuePattern pattern, long[] tuple, int position, List<long[]> tuples) {
        if (position == tuple.length) {
            tuples.add(tuple.clone());
            return;
        }
        ImmutableSortedSet<Long> set = pattern.sets().get(position);
        if (set.isEmpty()) {
            tuple[position] = 0;
            expand(pattern, tuple, position + 1, tuples);
        }
        for (long value : set) {
            tuple[position] = value;
            expand(pattern, tuple, position + 1, tuples);
        }
    }

    private Cube single(long[] tuple, int shape) {
        Cube cube = Cube.all();
        for (int i = 0; i < tuple.length; i++) {
            cube = (shape & 1 << i) == 0 ? cube : cube.with(registers[i], widths[i], tuple[i]);
        }
        return cube;
    }

    private boolean isCovered(Cube single) {
        for (Cube cube : cubes) {
            if (cube.contains(single)) {
                return true;
            }
        }
        return false;
    }

    private void cover(int shape, List<long[]> tuples) {
        if (tuples.isEmpty()) {
            return;
        }
        long[] first = tuples.get(0);
        long[] varying = new long[first.length];
        int bits = 0;
        for (int i = 0; i < first.length; i++) {
            for (long[] tuple : tuples) {
                varying[i] |= tuple[i] ^ first[i];
            }
            bits += Long.bitCount(varying[i]);
        }
        if (bits >= Long.SIZE) {
            for (long[] tuple : tuples) {
                cubes.add(single(tuple, shape));
            }
            return;
        }
        long[] keys = new long[tuples.size()];
        for (int k = 0; k < keys.length; k++) {
            for (int i = 0; i < first.length; i++) {
                keys[k] = keys[k] << Long.bitCount(varying[i]) | compress(tuples.get(k)[i], varying[i]);
            }
        }
        Arrays.sort(keys);
        for (KeyCubes.KeyCube chosen : KeyCubes.covering(distinct(keys), bits)) {
            cubes.add(decoded(chosen, first, varying, shape));
        }
    }

    private static long[] distinct(long[] sorted) {
        int length = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[length++] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, length);
    }

    private Cube decoded(KeyCubes.KeyCube chosen, long[] first, long[] varying, int shape) {
        Cube cube = Cube.all();
        long free = chosen.free();
        long value = chosen.value();
        for (int i = first.length - 1; i >= 0; i--) {
            int bits = Long.bitCount(varying[i]);
            long mask = widths[i] & ~expand(free, varying[i]);
            long here = (first[i] & ~varying[i]) | expand(value, varying[i]);
            cube = (shape & 1 << i) == 0 ? cube : cube.with(registers[i], mask, here);
            free >>>= bits;
            value >>>= bits;
        }
        return cube;
    }

    /** The bits of a value that the mask has, together. */
    private static long compress(long value, long mask) {
        long key = 0;
        int place = 0;
        for (long left = mask; left != 0; left &= left - 1) {
            key |= (value & Long.lowestOneBit(left)) == 0 ? 0 : 1L << place;
            place++;
        }
        return key;
    }

    /** The reverse: the lowest bits of a key, where the mask has ones. */
    private static long expand(long key, long mask) {
        long value = 0;
        long rest = key;
        for (long left = mask; left != 0; left &= left - 1) {
            value |= (rest & 1) == 0 ? 0 : Long.lowestOneBit(left);
            rest >>>= 1;
        }
        return value;
    }
}
