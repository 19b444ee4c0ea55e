package io.github.strait.cli;

import io.github.strait.api.AmendedProfile;
import io.github.strait.api.OutputFormat;
import io.github.strait.api.ProfileFile;
import io.github.strait.api.ProfileOrEvidence;
import io.github.strait.api.Union;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.evidence.Evidence;
import io.github.strait.report.Renderers;
import io.github.strait.report.Style;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes the union of profiles or of observations. */
final class MergeCommand extends Command {
    private final Console console;

    private final Parameter<String> arguments = operand("FILE", "Profiles in any format, evidence, or both.")
            .required()
            .repeatable();

    private final Parameter<OutputFormat> format =
            option("--format", "FORMAT", ValueType.FORMAT, "How to write the profile: ${EACH-WORD} (default: oci).");

    private final NameOption nameOption = include(new NameOption());
    private final DialectOption dialectOption = include(new DialectOption());
    private final MachineOptions machineOptions = include(new MachineOptions());
    private final EvidenceOptions evidenceOptions = include(new EvidenceOptions());
    private final CommonOptions common = include(new CommonOptions());
    private final OutputOption output = include(new OutputOption());

    MergeCommand(Console console) {
        this.console = console;
    }

    @Override
    CommandHelp help() {
        return CommandHelp.of(
                "merge",
                "Merges profiles into one that allows exactly what any of them allows, evidence into an"
                        + " observation, or evidence into a profile.",
                "  strait merge web.json worker.json -o pod.json",
                "  strait merge monday.observation.json tuesday.strace -o week.observation.json",
                "  strait merge app.json audit.log -o next.json        what a profile in production denied or logged",
                "Denied calls keep their action; if they differ, the more lenient one wins, and of two error",
                "numbers the higher one: ENOSYS wins over EPERM. The order of the files does not matter.",
                "With evidence, a profile keeps its format, its rules and its default action.");
    }

    @Override
    int run() {
        common.applyTo(console);
        FormatOption.checkNoTerminal(format.or(OutputFormat.usual()), output, console);
        List<ProfileOrEvidence> operands = ProfileOrEvidence.of(arguments.values(), console.in());
        long profiles = operands.stream().filter(ProfileOrEvidence::isProfile).count();
        byte[] union = profiles == 0
                ? observation(operands)
                : profiles == operands.size() ? profile(operands) : amended(operands);
        output.write(union, console);
        return evidenceOptions.exitStatus();
    }

    private byte[] profile(List<ProfileOrEvidence> operands) {
        return nameOption
                .applyTo(dialectOption.applyTo(format.or(OutputFormat.usual())), output.file())
                .write(
                        Union.ofProfiles(operands, evidenceOptions.declared(), machineOptions.resolver(console)),
                        console);
    }

    /** The profiles, with what the evidence shows. */
    private byte[] amended(List<ProfileOrEvidence> operands) {
        List<ProfileOrEvidence> profiles = new ArrayList<>();
        List<Evidence> evidence = new ArrayList<>();
        for (ProfileOrEvidence operand : operands) {
            if (operand.isProfile()) {
                profiles.add(operand);
            } else {
                evidence.add(operand.evidence(evidenceOptions.denialReader(console)));
            }
        }
        ProfileFile base =
                profiles.size() == 1 ? profiles.get(0).file() : new ProfileFile("the profiles", profile(profiles));
        AmendedProfile amended =
                AmendedProfile.of(base, evidence, machineOptions.resolver(console), evidenceOptions.declared());
        console.note(
                amended.isUnchanged()
                        ? "the evidence adds nothing to the profile\n"
                        : Renderers.DIFFERENCE.render(amended.difference(), Style.TEXT));
        return format.isGiven()
                ? amended.write(nameOption.applyTo(dialectOption.applyTo(format.value()), output.file()))
                : amended.write();
    }

    private byte[] observation(List<ProfileOrEvidence> operands) {
        if (format.isGiven()) {
            throw RefusalException.usage("--format is for profiles, and the union of evidence is an observation");
        }
        List<Evidence> evidence = new ArrayList<>();
        for (ProfileOrEvidence operand : operands) {
            evidence.add(operand.evidence(evidenceOptions.reader(console)));
        }
        return Union.ofEvidence(evidence).getBytes(StandardCharsets.UTF_8);
    }
}
