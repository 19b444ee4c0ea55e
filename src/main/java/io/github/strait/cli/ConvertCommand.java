package io.github.strait.cli;

import io.github.strait.api.Machine;
import io.github.strait.api.ProfileFile;
import io.github.strait.api.ProfileResolver;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.SourcePosition;
import io.github.strait.format.Ability;
import io.github.strait.format.Engine;
import io.github.strait.format.ProfileFormat;
import io.github.strait.format.Reader;
import io.github.strait.profile.Companions;
import io.github.strait.profile.Profile;
import io.github.strait.syscall.Arch;

/** Writes a profile in another format. */
final class ConvertCommand extends Command {
    private final Console console;

    private final Parameter<String> file = operand("PROFILE", "A profile in any format that is read, or - for stdin.")
            .required();

    private final Parameter<ProfileFormat> format = option(
                    "--format", "FORMAT", ValueType.FORMAT, "${COMPLETION-CANDIDATES}.")
            .required();

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
        Arch machine = arch.given().orElseGet(Machine::here).nativeArch();
        Profile profile =
                ProfileFile.read(file.value(), console.in()).profile(new Reader(Engine.DOCKER, machine), console);
        if (isForOneMachine(profile)) {
            profile = machineOptions.resolver(console).resolve(file.value(), profile, arch.given());
        }
        if (arch.isGiven() && !has(Ability.SCOPES)) {
            profile = profile.on(machine);
        }
        if (has(Ability.COMPILED)) {
            profile = filtered(profile, machine);
        }
        output.write(format.value().write(withoutComments.isGiven() ? profile.withoutComments() : profile), console);
        return ExitStatus.DONE;
    }

    /** With all that libseccomp adds: the native ABI of each machine, this one's too, and companions. */
    private Profile filtered(Profile profile, Arch machine) {
        Profile whole = profile.withNativeAbis();
        boolean fits = whole.architectures().stream().allMatch(abi -> abi.isBigEndian() == machine.isBigEndian());
        if (fits && !whole.architectures().contains(machine)) {
            console.diagnostic(Diagnostic.warning(
                    "native-abi-added",
                    SourcePosition.ofFile(file.value()),
                    "does not list " + machine.label() + ", this machine, but runtimes filter its calls by name anyway,"
                            + " so the filter has it too; --arch chooses another machine"));
            whole = whole.toBuilder().architectures(machine).build();
        }
        return Companions.exist(whole.architectures()) ? Companions.add(whole) : whole;
    }

    /** Whether the format cannot leave open what machine the profile is for, or the user says it. */
    private boolean isForOneMachine(Profile profile) {
        return ProfileResolver.isScoped(profile) || ProfileResolver.isMixed(profile)
                ? !has(Ability.SCOPES)
                : profile.architectures().isEmpty() && (arch.isGiven() || !has(Ability.ANY_MACHINE));
    }

    private boolean has(Ability ability) {
        return format.value().traits().has(ability);
    }
}
