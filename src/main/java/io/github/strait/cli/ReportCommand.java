package io.github.strait.cli;

import io.github.strait.api.DerivedProfile;
import io.github.strait.api.Machine;
import io.github.strait.api.OutputFormat;
import io.github.strait.api.ProfileFile;
import io.github.strait.api.Targets;
import io.github.strait.api.Verifier;
import io.github.strait.api.VerifyRequest;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.report.EvidenceReport;
import io.github.strait.report.EvidenceReportRenderers;
import io.github.strait.report.Style;
import io.github.strait.report.VerificationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows evidence and the profile that follows from it to people. */
final class ReportCommand extends Command {
    private final Console console;

    private final Parameter<String> arguments =
            operand("EVIDENCE", "As for generate.").required().repeatable();

    private final Parameter<String> file = option(
            "--profile",
            "FILE",
            ValueType.FILE,
            "Also say what this profile denies of the evidence, and allows without it.");

    private final Parameter<String> against = option(
                    "--against",
                    "EVIDENCE",
                    ValueType.FILE,
                    "Also say what the profile, or the derived one, denies of this other evidence (repeatable).")
            .repeatable();

    private final Parameter<Style> style =
            option("--format", "FORMAT", ValueType.REPORT_STYLE, "${EACH-WORD} (default: html).");

    private final EvidenceOptions evidenceOptions = include(new EvidenceOptions());
    private final BinaryOptions binaryOptions = include(new BinaryOptions());
    private final DerivationOptions derivationOptions = include(new DerivationOptions());
    private final CommonOptions common = include(new CommonOptions());
    private final OutputOption output = include(new OutputOption());

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    CommandHelp help() {
        return CommandHelp.of(
                "report",
                "Writes a page about evidence and its profile, for people: one file, which loads nothing.",
                "  strait report traces/ -o app.html                        open it in a browser",
                "  strait report traces/ --profile app.json -o app.html     what the profile denies and allows too",
                "  strait report old.strace --against new.strace -o app.html",
                "  strait report app.strace --format markdown               for a pull request");
    }

    @Override
    int run() {
        common.applyTo(console);
        checkStandardInput();
        Optional<ProfileFile> given = file.given().map(name -> ProfileFile.read(name, console.in()));
        Optional<Verifier> verifier = given.map(this::verifier);
        Evidence recorded = verifier.map(of -> read(of, arguments.values()))
                .orElseGet(() -> evidenceOptions.read(arguments.values(), console));
        Evidence evidence = binaryOptions.addTo(recorded, console);
        DerivedProfile derived = derivationOptions.derive(evidence, OutputFormat.usual());
        console.diagnostics(derived.diagnostics());
        Optional<VerificationReport> verified = verifier.map(of -> of.verify(evidence, Targets.OBSERVED, false));
        EvidenceReport report = derived.report(verified, against(given, derived));
        output.write(EvidenceReportRenderers.REPORT.render(report, style.or(Style.HTML)), console);
        return evidenceOptions.exitStatus(evidence, console);
    }

    private Optional<EvidenceReport.Against> against(Optional<ProfileFile> given, DerivedProfile derived) {
        if (!against.isGiven()) {
            return Optional.empty();
        }
        Verifier verifier = verifier(given.orElseGet(() -> new ProfileFile("the derived profile", derived.write())));
        Evidence other = read(verifier, against.values());
        return Optional.of(
                EvidenceReport.Against.of(other.observation(), verifier.verify(other, Targets.OBSERVED, false)));
    }

    private Evidence read(Verifier verifier, List<String> files) {
        return evidenceOptions.read(progress -> verifier.read(files, console.in(), progress), console);
    }

    private Verifier verifier(ProfileFile profile) {
        return new VerifyRequest(derivationOptions.start(profile), Machine.DEFAULT, evidenceOptions.request(), console)
                .profile(profile);
    }

    private void checkStandardInput() {
        List<String> all = new ArrayList<>(arguments.values());
        all.addAll(file.values());
        all.addAll(against.values());
        if (all.stream().filter(ProfileFile.STDIN::equals).count() > 1) {
            throw RefusalException.usage("standard input can be one argument only; name files for the others");
        }
    }
}
