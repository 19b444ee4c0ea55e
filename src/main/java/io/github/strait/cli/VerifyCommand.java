package io.github.strait.cli;

import io.github.strait.api.ProfileFile;
import io.github.strait.api.Targets;
import io.github.strait.api.Verifier;
import io.github.strait.api.VerifyRequest;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.report.Renderers;
import io.github.strait.report.Style;
import io.github.strait.report.VerificationReport;
import java.util.List;

/** Replays evidence against the filter of a profile. */
final class VerifyCommand extends Command {
    private final Console console;

    private final Parameter<String> file = operand(
                    "PROFILE",
                    "A profile in any format that is read, -, or pid:N; or a trace, an observation or a folder of"
                            + " these, which stands for the profile that generate derives from it.")
            .required();

    private final Parameter<String> arguments =
            operand("EVIDENCE", "As for generate.").required().repeatable();

    private final Parameter<Boolean> minimal = flag(
            "--minimal",
            "Also remove each allowed call in turn, to find calls that nothing needs, and test each run"
                    + " against a profile of the others.");

    private final Parameter<Style> style =
            option("--format", "FORMAT", ValueType.VERIFICATION_STYLE, "${EACH-WORD} (default: text).");

    private final TargetOptions targetOptions =
            include(new TargetOptions("Look at these architectures alone (default: those observed)."));

    private final StartOptions startOptions = include(new StartOptions());
    private final MachineOptions machineOptions = include(new MachineOptions());
    private final EvidenceOptions evidenceOptions = include(new EvidenceOptions());
    private final CommonOptions common = include(new CommonOptions());
    private final OutputOption output = include(new OutputOption());

    VerifyCommand(Console console) {
        this.console = console;
    }

    @Override
    CommandHelp help() {
        return CommandHelp.of(
                "verify",
                "Replays every observed call against the profile's compiled filter, and shows which it would deny.",
                "  strait verify app.json app.strace",
                "  strait verify docker-default.json app.strace --caps default,SYS_PTRACE --kernel 6.1",
                "  strait verify --minimal app.json traces/",
                "  strait verify v1.strace v2.strace       what the profile of one release denies the next",
                "Exits with 0 if no observed call is denied, with 1 if one is, or if no container starts (with",
                "--minimal also if the profile allows calls that nothing needs), and with 2 on an error. A call is",
                "undecided if the evidence does not show the arguments that the profile tests. Traces mostly do;",
                "observations keep those that generate compares.");
    }

    @Override
    int run() {
        common.applyTo(console);
        if (file.value().equals(ProfileFile.STDIN) && arguments.values().contains(ProfileFile.STDIN)) {
            throw RefusalException.usage("standard input cannot be both the profile and evidence; name a file for one");
        }
        ProfileFile profile =
                ProfileFile.namesEvidence(file.value()) ? derived() : ProfileFile.read(file.value(), console.in());
        VerifyRequest request = new VerifyRequest(
                startOptions.request(profile), machineOptions.machine(), evidenceOptions.request(), console);
        Targets targets = targetOptions.targets();
        Verifier verifier = request.profile(profile);
        Evidence evidence =
                evidenceOptions.read(progress -> verifier.read(arguments.values(), console.in(), progress), console);
        console.diagnostics(targets.cautions(evidence));
        VerificationReport report = verifier.verify(evidence, targets, minimal.isGiven());
        output.write(Renderers.VERIFICATION.render(report, style.or(Style.TEXT)), console);
        return report.isClean() ? evidenceOptions.exitStatus(evidence, console) : ExitStatus.FINDING;
    }

    /** The profile of the evidence that stands in its place. */
    private ProfileFile derived() {
        Evidence evidence = evidenceOptions.read(List.of(file.value()), console);
        return ProfileFile.derivedFrom(file.value(), evidence, startOptions.request());
    }
}
