package io.github.strait.condition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The largest cubes inside a set of numbers, and the choice of few that cover it. Each start needs some: no lambdas. */
final class KeyCubes {
    /**
     * Numbers that agree in all bits but some.
     *
     * @param free the bits that may be anything
     * @param value the others
     */
    record KeyCube(long free, long value) {
        boolean has(long key) {
            return (key & ~free) == value;
        }
    }

    private final long bits;
    private final List<KeyCube> largest = new ArrayList<>();

    private KeyCubes(long bits) {
        this.bits = bits;
    }

    /**
     * Cubes inside the set that cover it: always the one with most keys that no other one has. Of several the largest
     * counts, then the one with the lowest value.
     *
     * @param keys ascending, without sign and without repetition
     * @param bits those in which keys differ
     */
    static List<KeyCube> covering(long[] keys, long bits) {
        KeyCubes all = new KeyCubes(bits);
        all.grow(0, keys, 1);
        return all.chosen(keys);
    }

    private List<KeyCube> chosen(long[] keys) {
        int[] added = new int[largest.size()];
        for (int i = 0; i < added.length; i++) {
            added[i] = 1 << Long.bitCount(largest.get(i).free);
        }
        List<KeyCube> chosen = new ArrayList<>();
        boolean[] isCovered = new boolean[keys.length];
        for (int best = best(added); best >= 0; best = best(added)) {
            chosen.add(take(largest.get(best), keys, isCovered, added));
        }
        return chosen;
    }

    /** Covers the keys that a cube adds; returns the smallest cube around them, which is easier to read. */
    private KeyCube take(KeyCube best, long[] keys, boolean[] isCovered, int[] added) {
        long all = -1;
        long any = 0;
        for (int k = 0; k < keys.length; k++) {
            if (!isCovered[k] && best.has(keys[k])) {
                isCovered[k] = true;
                all &= keys[k];
                any |= keys[k];
                for (int i = 0; i < added.length; i++) {
                    added[i] -= largest.get(i).has(keys[k]) ? 1 : 0;
                }
            }
        }
        return new KeyCube(all ^ any, all);
    }

    private static int compare(KeyCube one, KeyCube other) {
        int bySize = Integer.compare(Long.bitCount(other.free), Long.bitCount(one.free));
        int byValue = bySize != 0 ? bySize : Long.compareUnsigned(one.value, other.value);
        return byValue != 0 ? byValue : Long.compareUnsigned(one.free, other.free);
    }

    /** Of the cubes that add most keys the largest, then that of the lowest value; -1 when none adds any. */
    private int best(int[] added) {
        int best = -1;
        for (int i = 0; i < added.length; i++) {
            if (added[i] > 0 && (best < 0 || isBetter(i, best, added))) {
                best = i;
            }
        }
        return best;
    }

    private boolean isBetter(int one, int other, int[] added) {
        return added[one] > added[other]
                || (added[one] == added[other] && compare(largest.get(one), largest.get(other)) < 0);
    }

    /**
     * Finds the largest cubes among those with these free bits, and with these and higher ones.
     *
     * @param members the values of the cubes with these free bits, ascending
     * @param next the lowest bit that this and what it calls may set free: so each set of bits is met once
     */
    private void grow(long free, long[] members, long next) {
        boolean[] isPart = new boolean[members.length];
        for (long left = bits & ~free; left != 0; left &= left - 1) {
            long one = Long.lowestOneBit(left);
            long[] pairs = pairs(members, one, isPart);
            if (Long.compareUnsigned(one, next) >= 0 && pairs.length > 0) {
                grow(free | one, pairs, one << 1);
            }
        }
        for (int i = 0; i < members.length; i++) {
            if (!isPart[i]) {
                largest.add(new KeyCube(free, members[i]));
            }
        }
    }

    /** The members without the bit whose partner with the bit is there too; both are marked. */
    private static long[] pairs(long[] members, long one, boolean[] isPart) {
        long[] pairs = new long[members.length / 2];
        int length = 0;
        int partner = 0;
        for (int i = 0; i < members.length; i++) {
            if ((members[i] & one) != 0) {
                continue;
            }
            long wanted = members[i] | one;
            while (partner < members.length && Long.compareUnsigned(members[partner], wanted) < 0) {
                partner++;
            }
            if (partner < members.length && members[partner] == wanted) {
                isPart[i] = true;
                isPart[partner] = true;
                pairs[length++] = members[i];
            }
        }
        return Arrays.copyOf(pairs, length);
    }
}
