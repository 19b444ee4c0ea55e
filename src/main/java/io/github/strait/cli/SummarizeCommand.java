package io.github.strait.cli;

import io.github.strait.evidence.Evidence;
import io.github.strait.observation.ObservationWriter;
import io.github.strait.report.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes the observation of evidence. */
@Command(
        name = "summarize",
        description = "Writes what the evidence shows as small, mergeable JSON that can stand in for the traces.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  strait summarize app.strace.zst -o app.observation.json",
            "  strait generate app.observation.json more.strace -o app.json"
        })
final class SummarizeCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(arity = "1..*", paramLabel = "EVIDENCE", description = "As for generate.")
    private List<String> arguments = new ArrayList<>();

    @Mixin
    private EvidenceOptions evidenceOptions = new EvidenceOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    SummarizeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        common.applyTo(console);
        Evidence evidence = evidenceOptions.read(arguments, console);
        console.diagnostics(evidence.details());
        String json = ObservationWriter.write(evidence.observation());
        output.write(json, console);
        console.note(Summary.evidence(evidence.observation()));
        return evidenceOptions.exitStatus(evidence, console);
    }
}
