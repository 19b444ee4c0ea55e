package io.github.strait.cli;

import io.github.strait.profile.Difference;
import io.github.strait.report.DifferenceJson;
import io.github.strait.report.DifferenceReport;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what one profile allows and another one does not. */
@Command(
        name = "diff",
        description =
                "Says what B allows and A does not, and the reverse, by what they mean and not by how they are written.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  strait diff old.json new.json",
            "  strait diff app.json app.strace                   what the trace does not show",
            "  strait diff --format markdown old.json new.json   for the comment of a code review",
            "Exits with 0 when both mean the same, with 1 when they differ, and with 2 on trouble."
        })
final class DiffCommand implements Callable<Integer> {
    /** How the difference is written. */
    enum Style {
        TEXT,
        JSON,
        MARKDOWN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "A",
            description =
                    "A profile in any format, or evidence as for generate, of which the calls that it shows count;"
                            + " - is stdin.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "B", description = "What to compare with it.")
    private String after = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: text).")
    private Style style = Style.TEXT;

    @Mixin
    private MachineOptions machineOptions = new MachineOptions();

    @Mixin
    private EvidenceOptions evidenceOptions = new EvidenceOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    DiffCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        common.applyTo(console);
        List<Operand> operands = Operand.of(List.of(before, after), console);
        Operand first = operands.get(0);
        Operand second = operands.get(1);
        Difference difference = difference(first, second);
        String report = switch (style) {
            case TEXT -> DifferenceReport.text(first.label(), second.label(), difference);
            case JSON -> DifferenceJson.of(first.label(), second.label(), difference);
            case MARKDOWN -> DifferenceReport.markdown(first.label(), second.label(), difference);
        };
        output.write(report, console);
        return difference.isEmpty() ? Math.max(first.exitStatus(), second.exitStatus()) : ExitStatus.FINDING;
    }

    private Difference difference(Operand first, Operand second) {
        Difference.Side one = first.side(evidenceOptions, machineOptions, console);
        Difference.Side two = second.side(evidenceOptions, machineOptions, console);
        return Difference.of(one.facing(two), two.facing(one));
    }
}
