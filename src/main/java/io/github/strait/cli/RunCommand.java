package io.github.strait.cli;

import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.observe.ArgumentWatch;
import io.github.strait.observe.Evidence;
import io.github.strait.observe.EvidenceException;
import io.github.strait.observe.EvidenceReader;
import io.github.strait.profile.Profile;
import io.github.strait.record.CallerEnvironment;
import io.github.strait.record.Confinement;
import io.github.strait.record.RecordException;
import io.github.strait.record.RecordOptions;
import io.github.strait.record.Recorder;
import io.github.strait.record.Runner;
import io.github.strait.report.VerificationReport;
import io.github.strait.syscall.Arch;
import io.github.strait.verify.Observed;
import io.github.strait.verify.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a command under a profile, without a container. */
@Command(
        name = "run",
        description =
                "Runs CMD on this kernel under a profile, without a container, and names what the profile denies.",
        exitCodeOnInvalidInput = RecordException.FAILED,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "N:CMD's own; 128+N when signal N killed it (159 is SIGSYS: the profile killed it)",
            "125:strait failed, or the kernel did not take the filter",
            "126:CMD could not be executed, or the profile denies execve",
            "127:CMD was not found"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  strait run --profile app.json -- ./app --serve",
            "  strait run --profile app.json --untraced -- ./app --benchmark",
            "The filter is the kernel's own, with no_new_privs. To name what it denies, calls that it does not",
            "allow whatever their arguments are traced by strace; --untraced runs at full speed, and names none."
        })
final class RunCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(arity = "1..*", paramLabel = "CMD", description = "The command and its arguments; put -- before it.")
    private List<String> command = new ArrayList<>();

    @Option(
            names = "--profile",
            required = true,
            paramLabel = "FILE",
            description = "A profile in any format that is read.")
    private String file = "";

    @Option(names = "--untraced", description = "Run without strace, and do not name what is denied.")
    private boolean untraced;

    @Option(
            names = "--keep-env",
            description = "Leave PWD, OLDPWD and _ in the environment of CMD; a container does not set them.")
    private boolean keepEnvironment;

    @Mixin
    private MachineOptions machineOptions = new MachineOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        common.applyTo(console);
        return StartedCommand.exitStatus(this::run, console);
    }

    private int run() throws Failure, RecordException, IOException {
        if (file.equals(ProfileFile.STDIN)) {
            throw Failure.of("usage", "standard input is the command's; name a file for the profile");
        }
        Claim claim = Claim.of(ProfileFile.read(file, console.in()), console);
        Confinement confinement = claim.confinement(machineOptions, console);
        if (untraced) {
            return Runner.run(command, confinement, CallerEnvironment.ofThisProcess(keepEnvironment));
        }
        Path trace = Files.createTempFile("strait-", ".strace");
        try {
            Set<String> passed = claim.alwaysAllowed(EvidenceOptions.here(), machineOptions, console);
            int status = new Recorder(console::diagnostic, CallerEnvironment.ofThisProcess(keepEnvironment))
                    .record(RecordOptions.ofCommand(trace, command).under(confinement.passingOver(passed)))
                    .exitStatus();
            name(claim, trace);
            return status;
        } catch (RecordException e) {
            if (!e.diagnostic().code().endsWith("-strace")) {
                throw e;
            }
            console.diagnostic(Diagnostic.warning(
                    "untraced",
                    null,
                    "what is denied will not be named: " + e.diagnostic().message()));
            return Runner.run(command, confinement, CallerEnvironment.ofThisProcess(keepEnvironment));
        } finally {
            Files.deleteIfExists(trace);
        }
    }

    /** Says which of the calls that were traced the filter denied. */
    private void name(Claim claim, Path trace) throws Failure {
        ArgumentWatch watch = new ArgumentWatch(claim.arguments());
        try {
            Evidence evidence = new EvidenceReader(
                            Optional.of(EvidenceOptions.here()), EvidenceOptions.here(), InputStream.nullInputStream())
                    .watching(watch)
                    .read(List.of(trace.toString()));
            Set<Arch> arches = evidence.observation().architectures().keySet();
            Map<Arch, Profile> profiles = claim.profiles(arches, machineOptions, console);
            Verification verification =
                    Verification.underFilter(new Observed(evidence.observation(), watch), claim.filters(profiles));
            VerificationReport.denied(verification).forEach(console::diagnostic);
        } catch (EvidenceException e) {
            throw new Failure(e.diagnostic());
        }
    }
}
