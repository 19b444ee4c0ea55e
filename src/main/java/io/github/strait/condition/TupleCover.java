package io.github.strait.condition;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.argument.ValuePattern;
import io.github.strait.profile.Condition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
        // fewer positions that count, first: what they cover need not be covered again
        for (int count = 0; count <= registers.length; count++) {
            for (int shape = 0; shape < 1 << registers.length; shape++) {
                if (Integer.bitCount(shape) == count) {
                    cover(shape, patterns);
                }
            }
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

    /** Covers the patterns of a shape, apart from what is covered already. */
    private void cover(int shape, List<ValuePattern> all) {
        List<ValuePattern> patterns = new ArrayList<>();
        int most = 0;
        for (ValuePattern pattern : all) {
            if (bound(pattern) == shape) {
                patterns.add(pattern);
                most += tuples(pattern);
            }
        }
        if (patterns.isEmpty()) {
            return;
        }
        TupleKeys form = TupleKeys.of(patterns, registers.length);
        if (!form.fits()) {
            for (ValuePattern pattern : patterns) {
                addEach(pattern, 0, Cube.all());
            }
            return;
        }
        long[] keys = new long[most];
        int length = 0;
        for (ValuePattern pattern : patterns) {
            length = form.fill(pattern, keys, length);
        }
        Arrays.sort(keys);
        List<KeyCubes.KeyCube> chosen = KeyCubes.covering(left(keys, form, shape), form.varying());
        for (KeyCubes.KeyCube cube : chosen) {
            cubes.add(decoded(cube, form, shape));
        }
    }

    private static int tuples(ValuePattern pattern) {
        int tuples = 1;
        for (ImmutableSortedSet<Long> set : pattern.sets()) {
            tuples *= Math.max(1, set.size());
        }
        return tuples;
    }

    private void addEach(ValuePattern pattern, int position, Cube cube) {
        if (position == registers.length) {
            if (!isCovered(cube)) {
                cubes.add(cube);
            }
            return;
        }
        ImmutableSortedSet<Long> set = pattern.sets().get(position);
        if (set.isEmpty()) {
            addEach(pattern, position + 1, cube);
        }
        for (long value : set) {
            addEach(pattern, position + 1, cube.with(registers[position], widths[position], value));
        }
    }

    private boolean isCovered(Cube single) {
        for (Cube cube : cubes) {
            if (cube.contains(single)) {
                return true;
            }
        }
        return false;
    }

    /** The sorted keys without repetition, and without those of tuples that are covered. */
    private long[] left(long[] sorted, TupleKeys form, int shape) {
        int length = 0;
        for (int i = 0; i < sorted.length; i++) {
            boolean isNew = i == 0 || sorted[i] != sorted[i - 1];
            if (isNew && (cubes.isEmpty() || !isCovered(decoded(new KeyCubes.KeyCube(0, sorted[i]), form, shape)))) {
                sorted[length++] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, length);
    }

    private Cube decoded(KeyCubes.KeyCube key, TupleKeys form, int shape) {
        Cube cube = Cube.all();
        for (int i = 0; i < registers.length; i++) {
            if ((shape & 1 << i) != 0) {
                cube = cube.with(registers[i], widths[i] & ~form.free(key, i), form.value(key, i));
            }
        }
        return cube;
    }
}
