package io.github.strait.cli;

import io.github.strait.evidence.Evidence;
import io.github.strait.report.EvidenceCounts;
import io.github.strait.report.EvidenceCountsText;
import io.github.strait.report.UnseenImports;
import io.github.strait.report.UnseenImportsText;

/** Writes the observation of evidence. */
final class SummarizeCommand extends Command {
    private final Console console;

    private final Parameter<String> arguments =
            operand("EVIDENCE", "As for generate.").required().repeatable();

    private final EvidenceOptions evidenceOptions = include(new EvidenceOptions());
    private final BinaryOptions binaryOptions = include(new BinaryOptions());
    private final CommonOptions common = include(new CommonOptions());
    private final OutputOption output = include(new OutputOption());

    SummarizeCommand(Console console) {
        this.console = console;
    }

    @Override
    CommandHelp help() {
        return CommandHelp.of(
                "summarize",
                "Writes the evidence as an observation: small, mergeable JSON that can replace the traces.",
                "  strait summarize app.strace.zst -o app.observation.json",
                "  strait generate app.observation.json more.strace -o app.json");
    }

    @Override
    int run() {
        common.applyTo(console);
        Evidence evidence = binaryOptions.addTo(evidenceOptions.read(arguments.values(), console), console);
        console.diagnostics(evidence.details());
        output.write(evidence.json(), console);
        console.note(EvidenceCountsText.of(EvidenceCounts.of(evidence.observation()))
                + UnseenImportsText.of(UnseenImports.of(evidence.observation())));
        return evidenceOptions.exitStatus(evidence, console);
    }
}
