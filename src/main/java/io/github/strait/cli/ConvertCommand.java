package io.github.strait.cli;

import io.github.strait.format.Formats;
import io.github.strait.format.ProfileFormat;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Arch;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a profile in another format. */
@Command(
        name = "convert",
        description = "Writes a profile in another format. What that cannot express is an error, and never dropped.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  strait convert app.json --format names | cut -f2",
            "  strait convert docker-default.json --format oci --caps default,SYS_PTRACE --kernel 6.1 -o oci.json"
        })
final class ConvertCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            arity = "1",
            paramLabel = "PROFILE",
            description = "A profile in any format that is read, or - for stdin.")
    private String file = "";

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            completionCandidates = DerivationOptions.FormatNames.class,
            description = "${COMPLETION-CANDIDATES}.")
    private ProfileFormat format = Formats.OCI;

    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            completionCandidates = EvidenceOptions.ArchNames.class,
            description = "The machine, for rules that count on some machines only (default: this one).")
    private @Nullable Arch arch;

    @Mixin
    private MachineOptions machineOptions = new MachineOptions();

    @Option(names = "--no-comments", description = "Leave comments out, for formats that have none.")
    private boolean withoutComments;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    ConvertCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Failure {
        common.applyTo(console);
        FilterFormat.checkNoTerminal(format, output, console);
        Profile profile = ProfileFile.read(file, console.in()).profile(console);
        if (isForOneMachine(profile)) {
            profile = machineOptions.resolve(file, profile, Optional.ofNullable(arch), console);
        }
        output.write(FilterFormat.write(format, withoutComments ? profile.withoutComments() : profile), console);
        return ExitStatus.DONE;
    }

    /** Whether the format cannot leave open what machine the profile is for, or the user says it. */
    private boolean isForOneMachine(Profile profile) {
        return MachineOptions.isScoped(profile)
                ? format != Formats.MOBY
                : profile.architectures().isEmpty()
                        && (arch != null
                                || !(format == Formats.MOBY || format == Formats.OCI || format == Formats.GVISOR));
    }
}
