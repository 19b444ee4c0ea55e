package io.github.strait.cli;

import com.google.common.collect.ImmutableMap;
import io.github.strait.api.Claim;
import io.github.strait.api.Denials;
import io.github.strait.api.ProfileFile;
import io.github.strait.diagnostic.Diagnostic;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.record.Clients;
import io.github.strait.record.Confinement;
import io.github.strait.record.RecordOptions;
import io.github.strait.record.Recorder;
import io.github.strait.record.Runner;
import io.github.strait.record.TraceTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Runs a command under a profile, without a container. */
final class RunCommand extends Command {
    private final Console console;

    private final Parameter<String> command = operand(
                    "CMD", ValueType.COMMAND, "The command and its arguments; put -- before it.")
            .required()
            .repeatable();

    private final Parameter<String> file = option(
                    "--profile", "FILE", ValueType.FILE, "A profile in any format that is read, or pid:N.")
            .required();

    private final Parameter<Boolean> untraced = flag("--untraced", "Run without strace, and do not name denied calls.");

    private final EnvironmentOption environment = include(new EnvironmentOption());
    private final MachineOptions machineOptions = include(new MachineOptions());
    private final CommonOptions common = include(new CommonOptions());

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    CommandHelp help() {
        return CommandHelp.of(
                        "run",
                        "Runs CMD on this kernel under a profile, without a container, and names the denied calls.",
                        "  strait run --profile app.json -- ./app --serve",
                        "  strait run --profile app.json --untraced -- ./app --benchmark",
                        "The kernel enforces the filter, with no_new_privs. To name denied calls, strace traces those that",
                        "the profile does not always allow. --untraced runs at full speed, and names none.")
                .withStatuses(ImmutableMap.of(
                        "N", "CMD's own; 128+N if signal N killed it (159 is SIGSYS: the profile killed it)",
                        "125", "strait failed, or the kernel refused the filter",
                        "126", "CMD could not be executed, or the profile denies execve",
                        "127", "CMD was not found"));
    }

    @Override
    int run() throws IOException {
        common.applyTo(console);
        if (file.value().equals(ProfileFile.STDIN)) {
            throw RefusalException.usage("standard input is the command's; name a file for the profile");
        }
        Clients.warning(command.values()).ifPresent(console::diagnostic);
        Claim claim = Claim.of(ProfileFile.read(file.value(), console.in()), machineOptions.resolver(console));
        Confinement confinement = claim.confinement();
        if (untraced.isGiven()) {
            return Runner.run(command.values(), confinement, environment.environment());
        }
        Denials denials = new Denials(claim, console);
        Path trace = Files.createTempFile("strait-", ".strace");
        try (TraceTail tail = denials.tail()) {
            Set<String> passed = claim.alwaysAllowed();
            int status = new Recorder(console::diagnostic, environment.environment())
                    .tailed(tail)
                    .record(RecordOptions.ofCommand(trace, command.values()).under(confinement.passingOver(passed)))
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
                    "denied calls will not be named: " + e.diagnostic().message()));
            return Runner.run(command.values(), confinement, environment.environment());
        } finally {
            Files.deleteIfExists(trace);
        }
    }
}
