package io.github.strait.condition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The largest cubes inside a set of numbers, and the choice of few that cover it. */
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

    private final int bits;
    private final List<KeyCube> largest = new ArrayList<>();

    private KeyCubes(int bits) {
        this.bits = bits;
    }

    /**
     * Cubes inside the set that cover it: always the one with most keys that no other one has. Of several the largest
     * counts, then the one with the lowest value.
     *
     * @param keys ascending, without sign and without repetition
     * @param bits how many of the lowest bits the keys have
     */
    static List<KeyCube> covering(long[] keys, int bits) {
        KeyCubes all = new KeyCubes(bits);
        all.grow(0, keys, 0);
        all.largest.sort(KeyCubes::compare);
        List<KeyCube> chosen = new ArrayList<>();
        boolean[] isCovered = new boolean[keys.length];
        while (true) {
            KeyCube best = all.best(keys, isCovered);
            if (best == null) {
                return chosen;
            }
            chosen.add(added(best, keys, isCovered));
        }
    }

    /** The smallest cube around the keys that this one adds, which are covered then: it is easier to read. */
    private static KeyCube added(KeyCube best, long[] keys, boolean[] isCovered) {
        long all = -1;
        long any = 0;
        for (int i = 0; i < keys.length; i++) {
            if (!isCovered[i] && best.has(keys[i])) {
                all &= keys[i];
                any |= keys[i];
                isCovered[i] = true;
            }
        }
        return new KeyCube(all ^ any, all);
    }

    private static int compare(KeyCube one, KeyCube other) {
        int bySize = Integer.compare(Long.bitCount(other.free), Long.bitCount(one.free));
        int byValue = bySize != 0 ? bySize : Long.compareUnsigned(one.value, other.value);
        return byValue != 0 ? byValue : Long.compareUnsigned(one.free, other.free);
    }

    /** The first of those with most new keys; null when no key is new. */
    private @Nullable KeyCube best(long[] keys, boolean[] isCovered) {
        KeyCube best = null;
        int most = 0;
        for (KeyCube cube : largest) {
            int added = 0;
            for (int i = 0; i < keys.length; i++) {
                added += !isCovered[i] && cube.has(keys[i]) ? 1 : 0;
            }
            if (added > most) {
                most = added;
                best = cube;
            }
        }
        return best;
    }

    /**
     * Finds the largest cubes among those with these free bits, and with these and higher ones.
     *
     * @param members the values of the cubes with these free bits, ascending
     * @param next the lowest bit that this and what it calls may set free: so each set of bits is met once
     */
    private void grow(long free, long[] members, int next) {
        boolean[] isPart = new boolean[members.length];
        for (int bit = 0; bit < bits; bit++) {
            long one = 1L << bit;
            if ((free & one) == 0) {
                long[] pairs = pairs(members, one, isPart);
                if (bit >= next && pairs.length > 0) {
                    grow(free | one, pairs, bit + 1);
                }
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
