package io.github.strait.cli;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.Formats;
import io.github.strait.format.ProfileFormat;
import io.github.strait.observation.Observation;
import io.github.strait.observation.ObservationWriter;
import io.github.strait.observation.Run;
import io.github.strait.profile.Merge;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the union of profiles or of observations. */
final class MergeCommand extends Command {
    private final Console console;

    private final Parameter<String> arguments = operand("FILE", "Profiles in any format, or evidence; not both.")
            .required()
            .repeatable();

    private final Parameter<ProfileFormat> format = option(
            "--format",
            "FORMAT",
            ValueType.FORMAT,
            "How to write the profile: ${COMPLETION-CANDIDATES} (default: oci).");

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
                "Writes the union: of profiles a profile that allows what any of them allows and nothing else, of"
                        + " evidence an observation.",
                "  strait merge web.json worker.json -o pod.json",
                "  strait merge monday.observation.json tuesday.strace -o week.observation.json",
                "Denials keep their answers; where they differ, the more lenient one wins, and of two error",
                "numbers the higher one: ENOSYS wins over EPERM. The order of the files does not matter.");
    }

    @Override
    int run() {
        common.applyTo(console);
        FormatOption.checkNoTerminal(format.or(Formats.usual()), output, console);
        List<Operand> operands = Operand.of(arguments.values(), console);
        long profiles = operands.stream().filter(Operand::isProfile).count();
        if (profiles > 0 && profiles < operands.size()) {
            throw RefusalException.usage(
                    "profiles and evidence have no union; make a profile of the evidence with: strait generate");
        }
        byte[] union = profiles > 0 ? profile(operands) : observation(operands);
        output.write(union, console);
        return operands.stream().mapToInt(Operand::exitStatus).max().orElse(ExitStatus.DONE);
    }

    private byte[] profile(List<Operand> operands) {
        List<Merge.Source> sources = new ArrayList<>();
        for (Operand operand : operands) {
            sources.add(new Merge.Source(operand.label(), operand.profile(evidenceOptions, machineOptions, console)));
        }
        Merge.Merged merged = Merge.of(sources);
        console.diagnostics(merged.diagnostics());
        return format.or(Formats.usual()).write(merged.profile());
    }

    private byte[] observation(List<Operand> operands) {
        if (format.isGiven()) {
            throw RefusalException.usage("--format is for profiles, and the union of evidence is an observation");
        }
        Observation union = Observation.EMPTY;
        List<Run> runs = new ArrayList<>();
        for (Operand operand : operands) {
            Observation more = operand.evidence(evidenceOptions, console).observation();
            union = union.merge(more);
            runs.addAll(more.runs());
        }
        Optional<Diagnostic> contradiction = Observation.contradiction(runs);
        if (contradiction.isPresent()) {
            throw new RefusalException(contradiction.get());
        }
        return ObservationWriter.write(union).getBytes(StandardCharsets.UTF_8);
    }
}
