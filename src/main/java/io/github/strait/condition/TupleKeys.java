package io.github.strait.condition;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.argument.ValuePattern;
import io.github.strait.condition.KeyCubes.KeyCube;
import java.util.Arrays;
import java.util.List;

/** How some tuples are written as one number each: the bits in which they differ, position after position. */
final class TupleKeys {
    private final long[] common;
    private final long[] varying;
    private final int[] low;
    private final int[] offset;
    private int length;

    private TupleKeys(int positions) {
        this.common = new long[positions];
        this.varying = new long[positions];
        this.low = new int[positions];
        this.offset = new int[positions];
    }

    /** The form of the tuples of patterns that leave the same positions free. */
    static TupleKeys of(List<ValuePattern> patterns, int positions) {
        TupleKeys form = new TupleKeys(positions);
        for (int i = positions - 1; i >= 0; i--) {
            long all = -1;
            long any = 0;
            for (ValuePattern pattern : patterns) {
                for (long value : pattern.sets().get(i)) {
                    all &= value;
                    any |= value;
                }
            }
            form.varying[i] = any & ~all;
            form.common[i] = any & all;
            form.offset[i] = form.length;
            if (form.varying[i] != 0) {
                form.low[i] = Long.numberOfTrailingZeros(form.varying[i]);
                form.length += Long.SIZE - Long.numberOfLeadingZeros(form.varying[i]) - form.low[i];
            }
        }
        return form;
    }

    /** Whether a number has room for them. */
    boolean fits() {
        return length < Long.SIZE;
    }

    /** The bits of a key in which they differ. */
    long varying() {
        long bits = 0;
        for (int i = 0; i < varying.length; i++) {
            bits |= place(varying[i], i);
        }
        return bits;
    }

    private long place(long value, int position) {
        return varying[position] == 0 ? 0 : (value & varying[position]) >>> low[position] << offset[position];
    }

    /** Writes the keys of a pattern behind the first ones; returns how many there are then. */
    int fill(ValuePattern pattern, long[] keys, int from) {
        int end = from + 1;
        keys[from] = 0;
        for (int i = 0; i < varying.length; i++) {
            ImmutableSortedSet<Long> set = pattern.sets().get(i);
            if (!set.isEmpty()) {
                end = fill(set, i, keys, from, end);
            }
        }
        return end;
    }

    /** Replaces each of the keys by as many as the set has values. */
    private int fill(ImmutableSortedSet<Long> set, int position, long[] keys, int from, int end) {
        long[] before = Arrays.copyOfRange(keys, from, end);
        int to = from;
        for (long value : set) {
            long here = place(value, position);
            for (long key : before) {
                keys[to++] = key | here;
            }
        }
        return to;
    }

    /** The bits of a position that a cube leaves free. */
    long free(KeyCube cube, int position) {
        return cube.free() >>> offset[position] << low[position] & varying[position];
    }

    /** The value of a position in a cube, without the bits that are free. */
    long value(KeyCube cube, int position) {
        return cube.value() >>> offset[position] << low[position] & varying[position] | common[position];
    }
}
