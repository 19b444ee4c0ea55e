package io.github.strait.api;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.evidence.Evidence;
import io.github.strait.observation.NewCallRate;
import io.github.strait.observation.NewCallRates;
import io.github.strait.report.CheckReport;
import io.github.strait.report.NewCallRateText;
import io.github.strait.syscall.Arch;
import java.util.Map;
import java.util.Optional;

/**
 * How good evidence must be. Each machine of the evidence is judged by its own runs, those that are partial aside.
 *
 * @param minRuns from how many runs it must be
 * @param maxNewCallRate how often at most one more run of the same kind may show a new call, from 0 to 1; too few runs to
 *     say do not meet it
 */
public record EvidenceQuality(Optional<Long> minRuns, Optional<Double> maxNewCallRate) {
    /** Any evidence will do. */
    public static final EvidenceQuality ANY = new EvidenceQuality(Optional.empty(), Optional.empty());

    /** What the evidence falls short of, each with its figure, the limit and the fix. */
    public ImmutableList<Diagnostic> shortfalls(Evidence evidence) {
        NewCallRates rates = NewCallRates.of(evidence.observation());
        boolean hasPartial = rates.all().runs() < evidence.observation().runs().size();
        ImmutableList.Builder<Diagnostic> shortfalls = ImmutableList.builder();
        if (rates.machines().isEmpty()) {
            judge(rates.all(), "", hasPartial, shortfalls);
        }
        for (Map.Entry<Arch, NewCallRate> machine : rates.machines().entrySet()) {
            String where = rates.machines().size() == 1
                    ? ""
                    : " on " + machine.getKey().label();
            judge(machine.getValue(), where, hasPartial, shortfalls);
        }
        return shortfalls.build();
    }

    /** The same for a report. */
    public CheckReport.Quality report(Evidence evidence) {
        return new CheckReport.Quality(
                evidence.observation().runs().size(),
                NewCallRates.of(evidence.observation()),
                minRuns,
                maxNewCallRate,
                shortfalls(evidence).stream().map(Diagnostic::message).collect(ImmutableList.toImmutableList()));
    }

    private void judge(
            NewCallRate rate, String where, boolean hasPartial, ImmutableList.Builder<Diagnostic> shortfalls) {
        String runs = rate.runs()
                + (rate.runs() == 1 ? " run" : " runs")
                + where
                + (hasPartial ? ", not counting partial ones," : "");
        if (minRuns.isPresent() && rate.runs() < minRuns.get()) {
            shortfalls.add(Diagnostic.error(
                    "too-few-runs",
                    null,
                    "the evidence is of " + runs + " and --min-runs asks for " + minRuns.get() + "; record "
                            + (minRuns.get() - rate.runs()) + " more, each another task"));
        }
        if (maxNewCallRate.isEmpty()) {
            return;
        }
        String limit = "--max-new-call-rate allows " + NewCallRateText.percent(maxNewCallRate.get());
        if (rate.estimate().isEmpty()) {
            shortfalls.add(Diagnostic.error(
                    "new-call-rate",
                    null,
                    "the evidence is of " + runs + (hasPartial ? "" : ",")
                            + " too few to say how often one more shows a new call, and " + limit + "; record "
                            + NewCallRate.FEWEST_RUNS + " or more, each another task"));
        } else if (rate.estimate().get().rate() > maxNewCallRate.get()) {
            shortfalls.add(Diagnostic.error(
                    "new-call-rate",
                    null,
                    rate.runsAlone() + " of " + runs + " showed a call that no other run did ("
                            + NewCallRateText.percent(rate.estimate().get().rate()) + "), and " + limit
                            + "; record more runs, each another task"));
        }
    }
}
