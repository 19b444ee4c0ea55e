package io.github.strait.cli;

import io.github.strait.api.ConvertRequest;
import io.github.strait.api.OutputFormat;
import io.github.strait.api.ProfileFile;
import io.github.strait.syscall.Arch;
import java.nio.file.Path;

/** Writes a profile in another format. */
final class ConvertCommand extends Command {
    private final Console console;

    private final Parameter<String> file = operand("PROFILE", "A profile in any format that is read, or - for stdin.")
            .required();

    private final Parameter<OutputFormat> format =
            option("--format", "FORMAT", ValueType.FORMAT, "${EACH-WORD}.").required();

    private final NameOption nameOption = include(new NameOption());

    private final Parameter<Arch> arch = option(
            "--arch",
            "ARCH",
            ValueType.ARCH,
            "The machine to read the document for, if it differs by machine (default: this one).");

    private final MachineOptions machineOptions = include(new MachineOptions());

    private final Parameter<Boolean> withoutComments =
            flag("--no-comments", "Leave comments out, for formats that have none.");

    private final CommonOptions common = include(new CommonOptions());
    private final OutputOption output = include(new OutputOption());

    ConvertCommand(Console console) {
        this.console = console;
    }

    @Override
    CommandHelp help() {
        return CommandHelp.of(
                "convert",
                "Writes a profile in another format. What the format cannot express is an error, never dropped.",
                "  strait convert app.json --format names | cut -f2",
                "  strait convert docker-default.json --format oci --caps default,SYS_PTRACE --kernel 6.1 -o oci.json");
    }

    @Override
    int run() {
        common.applyTo(console);
        FormatOption.checkNoTerminal(format.value(), output, console);
        ProfileFile profile = ProfileFile.read(file.value(), console.in());
        OutputFormat form =
                nameOption.applyTo(format.value(), output.isGiven() ? output.file() : Path.of(file.value()));
        ConvertRequest request =
                new ConvertRequest(form, arch.given(), machineOptions.machine(), withoutComments.isGiven());
        output.write(request.convert(profile, console), console);
        return ExitStatus.DONE;
    }
}
