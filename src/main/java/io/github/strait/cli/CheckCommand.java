package io.github.strait.cli;

import io.github.strait.api.Check;
import io.github.strait.api.DerivationRequest;
import io.github.strait.api.DerivedProfile;
import io.github.strait.api.OutputFormat;
import io.github.strait.api.ProfileFile;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.report.Renderers;
import io.github.strait.report.Style;
import io.github.strait.syscall.Libseccomp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares a committed profile with the one that the evidence gives now. */
final class CheckCommand extends Command {
    private final Console console;

    private final Parameter<String> arguments =
            operand("EVIDENCE", "As for generate.").required().repeatable();

    private final Parameter<Path> file = option("--profile", "FILE", ValueType.PATH, "The profile to compare with.")
            .required();

    private final EvidenceOptions evidenceOptions = include(new EvidenceOptions());
    private final BinaryOptions binaryOptions = include(new BinaryOptions());

    private final QualityOptions qualityOptions = include(new QualityOptions());

    private final FormatsOption formats =
            include(new FormatsOption("json (the difference as diff writes it, with reasons)"));

    private final NameOption nameOption = include(new NameOption());
    private final DialectOption dialectOption = include(new DialectOption());
    private final HardeningOption hardeningOption = include(new HardeningOption());
    private final LayoutOption layoutOption = include(new LayoutOption());
    private final DerivationOptions derivationOptions = include(new DerivationOptions());
    private final LibseccompOption libseccompOption = include(new LibseccompOption());
    private final CommonOptions common = include(new CommonOptions());

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    CommandHelp help() {
        return CommandHelp.of(
                "check",
                "Exits with 1 and shows the difference when generate would now write a different profile.",
                "  strait check traces/app.strace.zst --profile seccomp/app.json",
                "Pass the options that the profile was generated with. If a job makes a new recording each time, use",
                "  strait verify seccomp/app.json new.strace",
                "instead: it fails on calls that the profile denies, not on calls that a run happened not to make.");
    }

    @Override
    int run() {
        common.applyTo(console);
        OutputFormat hardened = hardeningOption.applyTo(formats.ofProfile());
        OutputFormat format = layoutOption.applyTo(nameOption.applyTo(dialectOption.applyTo(hardened), file.value()));
        Libseccomp libseccomp = libseccompOption.libseccomp();
        ProfileFile committed = read();
        Evidence evidence = binaryOptions.addTo(evidenceOptions.read(arguments.values(), console), console);
        DerivationRequest request = derivationOptions.request(format);
        DerivedProfile derived = derivationOptions.derive(evidence, format);
        console.diagnostics(derived.diagnostics());
        Check check = new Check(committed, derived, console);
        console.diagnostics(derived.unknownNames(libseccomp));
        Style style = formats.ofReport();
        if (!check.isIdentical() || style != Style.TEXT) {
            String again = CommandWords.generate(console.words(), arguments.values());
            String text = Renderers.CHECK.render(
                    check.report(request, qualityOptions.quality().report(evidence), again), style);
            OutputFile.write(text.getBytes(StandardCharsets.UTF_8), Path.of("-"), console);
        }
        int quality = qualityOptions.exitStatus(evidence, console);
        return check.isIdentical()
                ? Math.max(quality, evidenceOptions.exitStatus(evidence, console))
                : ExitStatus.FINDING;
    }

    private ProfileFile read() {
        if (file.value().equals(Path.of("-")) && arguments.values().contains("-")) {
            throw RefusalException.usage("standard input cannot be both the profile and evidence; name a file for one");
        }
        if (!Files.exists(file.value()) && !file.value().equals(Path.of("-"))) {
            throw RefusalException.of(
                    "unreadable-profile", file.value(), "cannot be read; write it first with: strait generate -o FILE");
        }
        return ProfileFile.read(file.value().toString(), console.in());
    }
}
