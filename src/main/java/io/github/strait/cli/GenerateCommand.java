package io.github.strait.cli;

import io.github.strait.api.DerivedProfile;
import io.github.strait.api.OutputFormat;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.report.Summary;
import io.github.strait.report.SummaryJson;
import io.github.strait.report.SummaryText;
import io.github.strait.syscall.Libseccomp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Derives a profile from evidence. */
final class GenerateCommand extends Command {
    private final Console console;

    private final Parameter<String> arguments = operand(
                    "EVIDENCE",
                    "Traces, directories of traces, NAME of strace -ff -o NAME, observations, logs with audit lines "
                            + "of seccomp (of dmesg, journalctl -k, auditd), or - for stdin; gzip, xz and zstd are "
                            + "read too.")
            .required()
            .repeatable();

    private final EvidenceOptions evidenceOptions = include(new EvidenceOptions());
    private final BinaryOptions binaryOptions = include(new BinaryOptions());
    private final QualityOptions qualityOptions = include(new QualityOptions());
    private final FormatOption formatOption = include(new FormatOption());
    private final NameOption nameOption = include(new NameOption());
    private final DialectOption dialectOption = include(new DialectOption());
    private final HardeningOption hardeningOption = include(new HardeningOption());
    private final LayoutOption layoutOption = include(new LayoutOption());
    private final DerivationOptions derivationOptions = include(new DerivationOptions());
    private final LibseccompOption libseccompOption = include(new LibseccompOption());
    private final CommonOptions common = include(new CommonOptions());
    private final OutputOption output = include(new OutputOption());

    private final Parameter<Path> summaryFile =
            option("--summary", "FILE", ValueType.PATH, "Also write the summary to FILE, as JSON.");

    GenerateCommand(Console console) {
        this.console = console;
    }

    @Override
    CommandHelp help() {
        return CommandHelp.of(
                "generate",
                "Derives the narrowest profile that allows what the evidence shows.",
                "  strait generate app.strace --no-new-privs -o app.json",
                "  docker run --security-opt seccomp=app.json --security-opt no-new-privileges IMAGE",
                "  strait generate traces/ --format moby -o app.json",
                "  strait generate app.strace --format names | cut -f2",
                "  strait generate app.strace --format bpf -o app.bpf && bwrap --seccomp 9 9<app.bpf ... app");
    }

    @Override
    int run() {
        common.applyTo(console);
        FormatOption.checkNoTerminal(formatOption.format(), output, console);
        OutputFormat hardened = hardeningOption.applyTo(formatOption.format());
        OutputFormat format = layoutOption.applyTo(nameOption.applyTo(dialectOption.applyTo(hardened), output.file()));
        if (summaryFile.isGiven() && output.isSameAs(summaryFile.value())) {
            throw RefusalException.usage("one file cannot take both the profile and the summary; name another for one");
        }
        Libseccomp libseccomp = libseccompOption.libseccomp();
        Evidence evidence = binaryOptions.addTo(evidenceOptions.read(arguments.values(), console), console);
        int quality = qualityOptions.exitStatus(evidence, console);
        if (Math.max(quality, evidenceOptions.exitStatus(evidence, console)) != ExitStatus.DONE) {
            return ExitStatus.FINDING;
        }
        DerivedProfile profile = derivationOptions.derive(evidence, format);
        output.write(profile.write(), console);
        console.diagnostics(profile.diagnostics());
        console.diagnostics(profile.warnings());
        console.diagnostics(profile.costs());
        console.diagnostics(profile.unknownNames(libseccomp));
        Summary summary = profile.summary();
        console.note(SummaryText.of(summary, profile.isMerged()));
        if (summaryFile.isGiven()) {
            byte[] json = SummaryJson.of(summary).getBytes(StandardCharsets.UTF_8);
            OutputFile.write(json, summaryFile.value(), console);
        }
        return ExitStatus.DONE;
    }
}
