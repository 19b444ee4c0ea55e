package io.github.strait.cli;

import io.github.strait.derive.Derivation;
import io.github.strait.evidence.Evidence;
import io.github.strait.report.Summary;
import io.github.strait.syscall.Libseccomp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Derives a profile from evidence. */
@Command(
        name = "generate",
        description = "Derives the narrowest profile that allows what the evidence shows.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  strait generate app.strace --no-new-privs -o app.json",
            "  docker run --security-opt seccomp=app.json --security-opt no-new-privileges IMAGE",
            "  strait generate traces/ --format moby -o app.json",
            "  strait generate app.strace --format names | cut -f2",
            "  strait generate app.strace --format bpf -o app.bpf && bwrap --seccomp 9 9<app.bpf ... app"
        })
final class GenerateCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            arity = "1..*",
            paramLabel = "EVIDENCE",
            description = "Traces, directories of traces, NAME of strace -ff -o NAME, observations, or - for stdin; "
                    + "gzip, xz and zstd are read too.")
    private List<String> arguments = new ArrayList<>();

    @Mixin
    private EvidenceOptions evidenceOptions = new EvidenceOptions();

    @Mixin
    private FormatOption formatOption = new FormatOption();

    @Mixin
    private DerivationOptions derivationOptions = new DerivationOptions();

    @Mixin
    private LibseccompOption libseccompOption = new LibseccompOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    GenerateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        common.applyTo(console);
        FilterFormat.checkNoTerminal(formatOption.format(), output, console);
        derivationOptions.writeAs(formatOption.format());
        Libseccomp libseccomp = libseccompOption.libseccomp();
        Evidence evidence = evidenceOptions.read(arguments, console);
        if (evidenceOptions.exitStatus(evidence, console) != ExitStatus.DONE) {
            return ExitStatus.FINDING;
        }
        Derivation derivation = derivationOptions.derive(evidence.observation());
        byte[] document = derivationOptions.write(derivation);
        output.write(document, console);
        console.diagnostics(derivation.diagnostics());
        console.diagnostics(derivationOptions.warnings());
        console.diagnostics(derivationOptions.costs(derivation));
        console.diagnostics(derivationOptions.unknownNames(derivation, libseccomp));
        console.note(Summary.of(
                evidence.observation(), derivation, derivationOptions.sharing(), derivationOptions.hasAnswers()));
        return ExitStatus.DONE;
    }
}
