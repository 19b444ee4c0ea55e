package io.github.strait.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What branches tell of a word that is not known. */
class RangeTest {
    private static boolean holds(Range range, int value) {
        return Integer.compareUnsigned(range.from(), value) <= 0 && Integer.compareUnsigned(value, range.to()) <= 0;
    }

    /** No value that takes the branch is lost; and near the ends of the range none is left that does not. */
    @Property(tries = 2000)
    void aBranchLosesNoValue(
            @ForAll Comparison test,
            @ForAll boolean way,
            @ForAll @IntRange(min = -3, max = 3) int from,
            @ForAll @IntRange(min = -3, max = 3) int to,
            @ForAll @IntRange(min = -4, max = 4) int operand) {
        Range range = Integer.compareUnsigned(from, to) <= 0 ? new Range(from, to) : new Range(to, from);
        Range after = range.where(test, operand, way);
        for (int value = -5; value <= 5; value++) {
            if (holds(range, value) && test.holds(value, operand) == way) {
                assertNotNull(after);
                assertTrue(holds(after, value), range + " " + test + " " + operand + " " + way + ": " + value);
            }
        }
        if (after != null) {
            assertTrue(holds(range, after.from()) && holds(range, after.to()));
            if (test != Comparison.SET) {
                assertEquals(way, test.holds(after.from(), operand));
                assertEquals(way, test.holds(after.to(), operand));
            }
        }
    }

    @Test
    void whatCannotBeIsNothing() {
        assertNull(Range.ALL.where(Comparison.GT, -1, true));
        assertNull(Range.ALL.where(Comparison.GE, 0, false));
        assertNull(new Range(7, 7).where(Comparison.EQ, 7, false));
        assertNull(new Range(8, 8).where(Comparison.SET, 7, true));
        assertEquals(new Range(1, -1), Range.ALL.where(Comparison.EQ, 0, false));
        assertEquals(Range.ALL, Range.ALL.where(Comparison.EQ, 7, false));
        assertEquals(Range.ALL, Range.ALL.where(Comparison.SET, 7, true));
    }
}
