package io.github.strait.observation;

import io.github.strait.json.JsonWriter;
import io.github.strait.syscall.Arch;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON form of a {@link NewCallRate}: what it estimates is absent where there are too few runs to say. */
public final class NewCallRateJson {
    /** How many runs the rate is judged by, where those are not all. */
    static final String WHOLE_RUNS = "wholeRuns";

    static final String RUNS_ALONE = "runsAlone";
    static final String RATE = "newCallRate";
    static final String INTERVAL = "interval";

    private static final int DIGITS = 4;

    private NewCallRateJson() {}

    /** Writes the fields after the number of all runs, {@code runs}. */
    static void write(JsonWriter json, int runs, NewCallRate rate) {
        if (rate.runs() != runs) {
            json.field(WHOLE_RUNS, rate.runs());
        }
        write(json, rate);
    }

    /** Writes the same, and the rate of each machine where there are several. */
    public static void write(JsonWriter json, int runs, NewCallRates rates) {
        write(json, runs, rates.all());
        if (rates.machines().size() > 1) {
            json.object("machines");
            for (Map.Entry<Arch, NewCallRate> machine : rates.machines().entrySet()) {
                json.object(machine.getKey().label());
                json.field("runs", machine.getValue().runs());
                write(json, machine.getValue());
                json.end();
            }
            json.end();
        }
    }

    /** Writes the fields after the number of runs that it is judged by, {@code runs}. */
    static void write(JsonWriter json, NewCallRate rate) {
        json.field(RUNS_ALONE, rate.runsAlone());
        rate.estimate().ifPresent(estimate -> {
            json.decimal(RATE, decimal(estimate.rate()));
            json.onOneLine().array(INTERVAL);
            json.decimal(decimal(estimate.interval().low()));
            json.decimal(decimal(estimate.interval().high()));
            json.end();
        });
    }

    /** Checks the fields of a document that has them against the rate that its runs give. */
    static void check(ObservationNode at, NewCallRate rate) {
        Optional<NewCallRate.Estimate> estimate = rate.estimate();
        same(at, WHOLE_RUNS, String.valueOf(rate.runs()));
        same(at, RUNS_ALONE, String.valueOf(rate.runsAlone()));
        same(at, RATE, estimate.map(known -> decimal(known.rate())).orElse("nothing"));
        if (at.has(INTERVAL)) {
            List<String> given = estimate.map(NewCallRate.Estimate::interval)
                    .map(known -> List.of(decimal(known.low()), decimal(known.high())))
                    .orElse(List.of());
            List<String> said = at.get(INTERVAL).elements().stream()
                    .map(ObservationNode::word)
                    .toList();
            if (!said.equals(given)) {
                throw at.get(INTERVAL).fault("says " + said + ", and the runs below give " + given);
            }
        }
    }

    private static void same(ObservationNode at, String key, String given) {
        if (at.has(key) && !at.get(key).word().equals(given)) {
            String said = ObservationNode.shown(at.get(key).word());
            throw at.get(key).fault("says " + said + ", and the runs below give " + given);
        }
    }

    /** A probability as a number in JSON. */
    public static String decimal(double probability) {
        return BigDecimal.valueOf(probability)
                .setScale(DIGITS, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
