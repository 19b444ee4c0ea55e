package io.github.strait.cli;

import io.github.strait.api.ConvertRequest;
import io.github.strait.api.OutputFormat;
import io.github.strait.api.ProfileFile;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.Arch;
import java.nio.file.Path;

/** Writes a profile in another format. */
final class ConvertCommand extends Command {
    private final Console console;

    private final Parameter<String> file = operand(
                    "PROFILE", "A profile in any format that is read, - for stdin, or pid:N.")
            .required();

    private final Parameter<OutputFormat> format = option("--format", "FORMAT", ValueType.FORMAT, "${EACH-WORD}.");

    private final Parameter<String> config = option(
            "--into",
            "CONFIG",
            ValueType.FILE,
            "Put the profile into a container's configuration, config.json of a bundle, and keep every other byte:"
                    + " linux.seccomp with oci (default), an annotation with crun-annotation. The file is replaced,"
                    + " unless -o names another.");

    private final NameOption nameOption = include(new NameOption());
    private final DialectOption dialectOption = include(new DialectOption());

    private final Parameter<Arch> arch = option(
            "--arch",
            "ARCH",
            ValueType.ARCH,
            "The machine to read the document for, if it differs by machine (default: this one); or the one to write,"
                    + " where the format is for one.");

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
                "  strait convert app.json --into bundle/config.json",
                "  strait convert docker-default.json --format oci --caps default,SYS_PTRACE --kernel 6.1 -o oci.json",
                "Where the result goes:",
                "  Docker, Podman       --security-opt seccomp=FILE",
                "  runc, crun           --into config.json",
                "  Kubernetes           /var/lib/kubelet/seccomp/profiles/FILE on each node; --format k8s-pod",
                "  systemd              /etc/systemd/system/UNIT.service.d/50-seccomp.conf",
                "  bubblewrap           --seccomp FD FD<FILE",
                "  LXC; Incus           lxc.seccomp.profile = FILE; raw.seccomp",
                "  firejail; nsjail     --profile=FILE; --seccomp_policy FILE",
                "More readers, and commands to copy: formats.md among the pages of the documentation.");
    }

    @Override
    int run() {
        common.applyTo(console);
        if (!format.isGiven() && !config.isGiven()) {
            throw RefusalException.usage("Missing required option: '--format=FORMAT', or --into");
        }
        OutputFormat asked = format.or(OutputFormat.usual());
        FormatOption.checkNoTerminal(asked, output, console);
        if (config.isGiven()
                && config.value().equals(ProfileFile.STDIN)
                && file.value().equals(ProfileFile.STDIN)) {
            throw RefusalException.usage("standard input can be one of the two only; name a file for the other");
        }
        ProfileFile profile = ProfileFile.read(file.value(), console.in());
        OutputFormat form = nameOption.applyTo(
                dialectOption.applyTo(asked), output.isGiven() ? output.file() : Path.of(file.value()));
        ConvertRequest request =
                new ConvertRequest(form, arch.given(), machineOptions.machine(), withoutComments.isGiven());
        byte[] document = request.convert(profile, console);
        if (!config.isGiven()) {
            output.write(document, console);
            return ExitStatus.DONE;
        }
        byte[] whole = form.into(ProfileFile.read(config.value(), console.in()), document, console);
        OutputFile.write(whole, output.isGiven() ? output.file() : Path.of(config.value()), console);
        return ExitStatus.DONE;
    }
}
