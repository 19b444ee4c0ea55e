package io.github.strait.report;

import com.google.common.collect.ImmutableList;
import io.github.strait.observation.NewCallRate;
import io.github.strait.observation.NewCallRates;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What the runs say of the next one, as text. It is a rate and never a number of calls that are still unseen, and it is
 * said to hold for runs of the same kind alone. That no run shows a call alone does not mean that none is missing, and is
 * not worded so.
 */
public final class NewCallRateText {
    private NewCallRateText() {}

    /** The {@link #lines}, each indented. */
    static String of(NewCallRates rates) {
        StringBuilder out = new StringBuilder();
        lines(rates).forEach(line -> out.append("  ").append(line).append('\n'));
        return out.toString();
    }

    /** A line, or one for each machine where the runs are of several; none without runs. */
    static ImmutableList<String> lines(NewCallRates rates) {
        boolean isOfSeveral = rates.machines().size() > 1;
        return rates.machines().entrySet().stream()
                .map(machine -> (isOfSeveral ? "on " + machine.getKey().label() + ": " : "") + of(machine.getValue()))
                .collect(ImmutableList.toImmutableList());
    }

    /** {@code 3 of 8 runs showed a call that no other run did: one more run of the same kind shows ...} */
    public static String of(NewCallRate rate) {
        if (rate.estimate().isEmpty()) {
            return "too few runs to say how often one more shows a new call; record " + NewCallRate.FEWEST_RUNS
                    + " or more, each another task";
        }
        NewCallRate.Estimate estimate = rate.estimate().get();
        String low = number(estimate.interval().low());
        String high = percent(estimate.interval().high());
        if (rate.runsAlone() == 0) {
            return "none of " + rate.runs()
                    + " runs showed a call that no other run did, yet calls can be missing: one more"
                    + " run of the same kind shows a new one in " + low + " to " + high
                    + " of cases (90 % interval); runs of another kind, more often.";
        }
        return rate.runsAlone() + " of " + rate.runs()
                + " runs showed a call that no other run did: one more run of the"
                + " same kind shows a new one about as often (" + percent(estimate.rate()) + ", 90 % interval " + low
                + " to " + high + "); runs of another kind, more often.";
    }

    /** {@code 38 %}. */
    public static String percent(double probability) {
        return number(probability) + " %";
    }

    /** In percent; what is less than one has a digit after the point. */
    private static String number(double probability) {
        BigDecimal percent = BigDecimal.valueOf(probability).movePointRight(2);
        int digits = percent.signum() > 0 && percent.compareTo(BigDecimal.ONE) < 0 ? 1 : 0;
        return percent.setScale(digits, RoundingMode.HALF_UP).toPlainString();
    }
}
