package io.github.strait.observation;

/**
 * Where a probability lies, judged by how often something happened: in 90 % of such judgements or more, by the method of
 * Clopper and Pearson. It asks for nothing but trials that are alike, and is exact for few of them.
 *
 * @param low the probability at which as much or more would happen once in 20 times
 * @param high the one at which as little or less would
 */
public record Interval(double low, double high) {
    private static final double TAIL = 0.05;

    /** Halves the range of a probability to one below what a double holds. */
    private static final int HALVINGS = 60;

    /** The interval for something that happened in so many of the trials, of which there is one at least. */
    static Interval of(int happened, int trials) {
        return new Interval(low(happened, trials), 1 - low(trials - happened, trials));
    }

    private static double low(int happened, int trials) {
        if (happened == 0) {
            return 0;
        }
        double logWays = 0;
        for (int i = 0; i < happened; i++) {
            logWays += StrictMath.log((double) (trials - i) / (i + 1));
        }
        double below = 0;
        double above = (double) happened / trials; // there the tail is about a half
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (below + above) / 2;
            if (tail(happened, trials, middle, logWays) < TAIL) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return (below + above) / 2;
    }

    /** The probability of so many or more; the terms fall, because these are more than are expected. */
    private static double tail(int happened, int trials, double probability, double logWays) {
        double rest = happened == trials ? 0 : (trials - happened) * StrictMath.log1p(-probability);
        double odds = probability / (1 - probability);
        double term = 1;
        double sum = 1;
        for (int i = happened; i < trials; i++) {
            term *= odds * (trials - i) / (i + 1);
            sum += term;
        }
        return StrictMath.exp(logWays + happened * StrictMath.log(probability) + rest) * sum;
    }
}
