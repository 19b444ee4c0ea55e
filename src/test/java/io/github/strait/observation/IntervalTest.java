package io.github.strait.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ends of an interval are where the exact sums of binomial terms are a twentieth. */
class IntervalTest {
    private static final MathContext EXACT = new MathContext(60);

    /** Values of R's {@code binom.test(x, n, conf.level = 0.9)}, and by hand: the root of 0.05, and what is left of it. */
    @ParameterizedTest
    @CsvSource({
        "0, 1, 0, 0.95",
        "1, 1, 0.05, 1",
        "0, 8, 0, 0.3123",
        "3, 8, 0.1111, 0.7108",
        "8, 8, 0.6877, 1",
        "5, 10, 0.2224, 0.7776"
    })
    void theEndsAreThoseOfTheTables(int happened, int trials, double low, double high) {
        Interval interval = Interval.of(happened, trials);
        assertEquals(low, interval.low(), 0.00005);
        assertEquals(high, interval.high(), 0.00005);
    }

    @Test
    void theTailsAreATwentiethBySumsOfBigDecimals() {
        List<int[]> cases = new ArrayList<>();
        for (int trials = 1; trials <= 25; trials++) {
            for (int happened = 0; happened <= trials; happened++) {
                cases.add(new int[] {happened, trials});
            }
        }
        cases.add(new int[] {1, 4538});
        cases.add(new int[] {17, 524});
        cases.add(new int[] {500, 524});
        for (int[] each : cases) {
            Interval interval = Interval.of(each[0], each[1]);
            assertTrue(interval.low() <= (double) each[0] / each[1], interval.toString());
            assertTrue(interval.high() >= (double) each[0] / each[1], interval.toString());
            if (each[0] > 0) {
                assertEquals(0.05, 1 - below(each[0], each[1], interval.low()), 1e-11);
            }
            if (each[0] < each[1]) {
                assertEquals(0.05, below(each[0] + 1, each[1], interval.high()), 1e-11);
            }
        }
    }

    /** The exact probability of fewer than that. */
    private static double below(int count, int trials, double probability) {
        BigDecimal happens = new BigDecimal(probability);
        BigDecimal fails = BigDecimal.ONE.subtract(happens);
        BigDecimal sum = BigDecimal.ZERO;
        BigInteger ways = BigInteger.ONE;
        for (int i = 0; i < count; i++) {
            BigDecimal term = happens.pow(i, EXACT).multiply(fails.pow(trials - i, EXACT), EXACT);
            sum = sum.add(term.multiply(new BigDecimal(ways), EXACT), EXACT);
            ways = ways.multiply(BigInteger.valueOf(trials - i)).divide(BigInteger.valueOf(i + 1));
        }
        return sum.doubleValue();
    }

    /** What 90 % means: whatever the probability is, nine of ten judgements or more have it inside. */
    @ParameterizedTest
    @CsvSource({"4", "8", "13"})
    void theIntervalHoldsAtLeastNineOfTenTimes(int trials) {
        for (int percent = 0; percent <= 100; percent++) {
            double probability = percent / 100.0;
            double held = 0;
            for (int happened = 0; happened <= trials; happened++) {
                Interval interval = Interval.of(happened, trials);
                if (interval.low() <= probability && probability <= interval.high()) {
                    held += below(happened + 1, trials, probability) - below(happened, trials, probability);
                }
            }
            assertTrue(held > 0.9, probability + " held " + held);
        }
    }
}
