package io.github.strait.cli;

import io.github.strait.api.Machine;
import io.github.strait.api.ProfileResolver;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.format.Engine;
import io.github.strait.format.Formats;
import io.github.strait.format.ProfileFormat;
import io.github.strait.format.Reader;
import io.github.strait.profile.Companions;
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
            description = "The machine, for a document that says other things to other machines (default: this one).")
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
    public Integer call() {
        common.applyTo(console);
        FilterFormat.checkNoTerminal(format, output, console);
        Arch machine = Optional.ofNullable(arch).orElseGet(Machine::here).nativeArch();
        Profile profile = ProfileFile.read(file, console.in()).profile(new Reader(Engine.DOCKER, machine), console);
        if (isForOneMachine(profile)) {
            profile = machineOptions.resolve(file, profile, Optional.ofNullable(arch), console);
        }
        if (arch != null && format != Formats.MOBY) {
            profile = profile.on(machine);
        }
        if (format instanceof FilterFormat) {
            profile = filtered(profile, machine);
        }
        output.write(FilterFormat.write(format, withoutComments ? profile.withoutComments() : profile), console);
        return ExitStatus.DONE;
    }

    /** With all that libseccomp adds: the native ABI of each machine, this one's too, and companions. */
    private Profile filtered(Profile profile, Arch machine) {
        Profile whole = profile.withNativeAbis();
        boolean fits = whole.architectures().stream().allMatch(abi -> abi.isBigEndian() == machine.isBigEndian());
        if (fits && !whole.architectures().contains(machine)) {
            console.diagnostic(Diagnostic.warning(
                    "native-abi-added",
                    SourcePosition.ofFile(file),
                    "does not list " + machine.label() + ", this machine, whose calls runtimes filter by name all the"
                            + " same; the filter has it too; --arch chooses another machine"));
            whole = whole.toBuilder().architectures(machine).build();
        }
        return Companions.exist(whole.architectures()) ? Companions.add(whole) : whole;
    }

    /** Whether the format cannot leave open what machine the profile is for, or the user says it. */
    private boolean isForOneMachine(Profile profile) {
        return ProfileResolver.isScoped(profile) || ProfileResolver.isMixed(profile)
                ? format != Formats.MOBY
                : profile.architectures().isEmpty()
                        && (arch != null
                                || !(format == Formats.MOBY || format == Formats.OCI || format == Formats.GVISOR));
    }
}
