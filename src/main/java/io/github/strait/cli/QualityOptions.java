package io.github.strait.cli;

import io.github.strait.api.EvidenceQuality;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;

/** The options for how good evidence must be. */
final class QualityOptions extends Options {
    private final Parameter<Long> minRuns =
            option("--min-runs", "N", ValueType.NUMBER, "Exit with 1 if the evidence is of fewer runs on any machine.");

    private final Parameter<Double> maxNewCallRate = option(
            "--max-new-call-rate",
            "RATE",
            ValueType.RATE,
            "Exit with 1 if one more run of the same kind shows a new call more often than this, a fraction or a percentage, "
                    + "or if there are too few runs to say.");

    /** What is asked for. */
    EvidenceQuality quality() {
        if (minRuns.isGiven() && minRuns.value() < 1) {
            throw RefusalException.usage("--min-runs takes a number from 1");
        }
        return new EvidenceQuality(minRuns.given(), maxNewCallRate.given());
    }

    /** The exit status that the evidence gets; what it falls short of is printed. */
    int exitStatus(Evidence evidence, Console console) {
        var shortfalls = quality().shortfalls(evidence);
        console.diagnostics(shortfalls);
        return shortfalls.isEmpty() ? ExitStatus.DONE : ExitStatus.FINDING;
    }
}
