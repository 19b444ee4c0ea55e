package io.github.strait.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DiscoveryCurveTest {
    @Property
    void samplesHaveTheSameDistanceAndAreFew(@ForAll @IntRange(min = 0, max = 20_000) int ticks) {
        DiscoveryCurve curve = new DiscoveryCurve();
        for (int i = 1; i <= ticks; i++) {
            curve.add(i);
        }
        ImmutableList<Integer> samples = curve.until(ticks);
        assertTrue(samples.size() <= 129);
        assertTrue(samples.size() >= Math.min(ticks, 64), "at least half of what there is room for");
        assertEquals(ticks, samples.get(samples.size() - 1));
        int distance = samples.get(0);
        for (int i = 1; i < samples.size() - 1; i++) {
            assertEquals(distance, samples.get(i) - samples.get(i - 1));
        }
    }
}
