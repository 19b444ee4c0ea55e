package io.github.strait.cli;

import io.github.strait.api.Machine;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.record.CallerEnvironment;
import io.github.strait.record.Clients;
import io.github.strait.record.Confinement;
import io.github.strait.record.RecordOptions;
import io.github.strait.record.Recorder;
import io.github.strait.record.Runner;
import io.github.strait.record.StartStatus;
import io.github.strait.record.TraceTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        exitCodeOnInvalidInput = StartStatus.FAILED,
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
    public Integer call() throws IOException {
        common.applyTo(console);
        if (file.equals(ProfileFile.STDIN)) {
            throw RefusalException.usage("standard input is the command's; name a file for the profile");
        }
        Clients.warning(command).ifPresent(console::diagnostic);
        Claim claim = Claim.of(ProfileFile.read(file, console.in()), console);
        Confinement confinement = claim.confinement(machineOptions, console);
        if (untraced) {
            return Runner.run(command, confinement, CallerEnvironment.ofThisProcess(keepEnvironment));
        }
        Denials denials = new Denials(claim, machineOptions, console);
        Path trace = Files.createTempFile("strait-", ".strace");
        try (TraceTail tail = denials.tail()) {
            Set<String> passed = claim.alwaysAllowed(Machine.here(), machineOptions, console);
            int status = new Recorder(console::diagnostic, CallerEnvironment.ofThisProcess(keepEnvironment))
                    .tailed(tail)
                    .record(RecordOptions.ofCommand(trace, command).under(confinement.passingOver(passed)))
                    .exitStatus();
            denials.name(trace);
            return status;
        } catch (RefusalException e) {
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
}
