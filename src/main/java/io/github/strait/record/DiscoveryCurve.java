package io.github.strait.record;

import com.google.common.collect.ImmutableList;

/** A number over time, as samples with the same distance: when there are too many, every other one goes. */
final class DiscoveryCurve {
    private static final int MOST = 128;

    private final int[] samples = new int[MOST];
    private int count;
    private int ticks;
    private int distance = 1;

    /** Adds the number at the next tick. */
    void add(int number) {
        ticks++;
        if (ticks % distance != 0) {
            return;
        }
        if (count == MOST) {
            for (int i = 0; i < MOST / 2; i++) {
                samples[i] = samples[2 * i + 1];
            }
            count = MOST / 2;
            distance *= 2;
            if (ticks % distance != 0) {
                return;
            }
        }
        samples[count++] = number;
    }

    /** The samples, and the number now where the last of them is older. */
    ImmutableList<Integer> until(int now) {
        ImmutableList.Builder<Integer> all = ImmutableList.builder();
        for (int i = 0; i < count; i++) {
            all.add(samples[i]);
        }
        return count > 0 && samples[count - 1] == now
                ? all.build()
                : all.add(now).build();
    }
}
