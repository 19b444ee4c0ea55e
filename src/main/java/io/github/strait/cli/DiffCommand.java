package io.github.strait.cli;

import io.github.strait.api.ProfileOrEvidence;
import io.github.strait.report.DifferenceReport;
import io.github.strait.report.Renderers;
import io.github.strait.report.Style;
import java.util.List;

/** Compares what two profiles allow. */
final class DiffCommand extends Command {
    private final Console console;

    private final Parameter<String> before = operand(
                    "A",
                    "A profile in any format, or evidence as for generate, which counts as the calls that it shows,"
                            + " with their values where the other side compares them; - is stdin.")
            .required();

    private final Parameter<String> after =
            operand("B", "What to compare it with.").required();

    private final Parameter<Style> style =
            option("--format", "FORMAT", ValueType.DIFFERENCE_STYLE, "${EACH-WORD} (default: text).");

    private final MachineOptions machineOptions = include(new MachineOptions());
    private final EvidenceOptions evidenceOptions = include(new EvidenceOptions());
    private final CommonOptions common = include(new CommonOptions());
    private final OutputOption output = include(new OutputOption());

    DiffCommand(Console console) {
        this.console = console;
    }

    @Override
    CommandHelp help() {
        return CommandHelp.of(
                "diff",
                "Compares two profiles by meaning, not by text: what B allows and A does not, and the reverse.",
                "  strait diff old.json new.json",
                "  strait diff app.json app.strace                   what the trace does not show",
                "  strait diff v1.strace v2.strace                   what an upgrade asks for, by program",
                "  strait diff --format markdown old.json new.json   for a comment in a code review",
                "Exits with 0 if both mean the same, with 1 if they differ, and with 2 on an error.");
    }

    @Override
    int run() {
        common.applyTo(console);
        List<ProfileOrEvidence> operands = ProfileOrEvidence.of(List.of(before.value(), after.value()), console.in());
        DifferenceReport report = ProfileOrEvidence.difference(
                operands.get(0),
                operands.get(1),
                evidenceOptions.reader(console),
                evidenceOptions.declared(),
                machineOptions.resolver(console));
        DifferenceReport shown = console.isVerbose() ? report.withConditions() : report;
        output.write(Renderers.DIFFERENCE.render(shown, style.or(Style.TEXT)), console);
        return report.isEmpty() ? evidenceOptions.exitStatus() : ExitStatus.FINDING;
    }
}
